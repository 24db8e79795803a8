package io.grayrelease.dubbo.router;

import java.util.ArrayList;
import java.util.List;

import org.apache.dubbo.common.URL;
import org.apache.dubbo.rpc.Invoker;
import org.apache.dubbo.rpc.cluster.router.state.BitList;

import io.grayrelease.dubbo.context.RouteOutcome;
import io.grayrelease.policy.model.GrayPolicy;
import io.grayrelease.policy.model.Tags;

/**
 * The providers of a service that a consumer has at one moment, for tools that tell where calls would go: the router's own
 * answer, without a call. Immutable.
 */
public final class LiveProviders<T> {
    private final String service;
    private final ProviderIndex<T> index;
    private final BitList<Invoker<T>> invokers;

    private LiveProviders(String service, ProviderIndex<T> index, BitList<Invoker<T>> invokers) {
        this.service = service;
        this.index = index;
        this.invokers = invokers;
    }

    /**
     * Looks at a list of providers. Dubbo must know the consumer of this thread (RpcContext), or instances tell nothing of
     * their services.
     */
    public static <T> LiveProviders<T> of(URL consumer, List<Invoker<T>> invokers) {
        List<Invoker<T>> origin = new ArrayList<>(invokers);
        return new LiveProviders<>(
                consumer.getServiceInterface(),
                ProviderIndex.of(origin, ProviderKind.isAnyVersion(consumer)),
                new BitList<>(origin));
    }

    /** The interface that they provide. */
    public String service() {
        return service;
    }

    public int size() {
        return invokers.size();
    }

    /** How many there are of each application and version: {@code stock-app 1.0.0: 2, stock-app 2.0.0: 1}. */
    public String byVersion() {
        return index.toString();
    }

    /** What would become of a call. */
    public RouteOutcome outcome(GrayPolicy policy, Tags tags) {
        return RoutingTableBuilder.build(policy, index, service).route(invokers.clone(), tags.text());
    }

    /** Those of them that the call might go to. */
    public LiveProviders<T> routed(GrayPolicy policy, Tags tags) {
        BitList<Invoker<T>> routed = invokers.clone();
        RoutingTableBuilder.build(policy, index, service).route(routed, tags.text());
        List<Invoker<T>> left = new ArrayList<>(routed);
        return new LiveProviders<>(service, index.ofOthers(left), new BitList<>(left));
    }
}
