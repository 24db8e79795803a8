package io.grayrelease.dubbo.router;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.apache.dubbo.common.URL;
import org.apache.dubbo.common.url.component.DubboServiceAddressURL;
import org.apache.dubbo.config.ApplicationConfig;
import org.apache.dubbo.rpc.Invoker;
import org.apache.dubbo.rpc.RpcInvocation;
import org.apache.dubbo.rpc.cluster.RouterChain;
import org.apache.dubbo.rpc.cluster.router.state.BitList;
import org.apache.dubbo.rpc.model.ApplicationModel;
import org.apache.dubbo.rpc.model.FrameworkModel;

import io.grayrelease.dubbo.context.GrayApplication;
import io.grayrelease.policy.model.Snapshot;

/** One consumer of {@link TestService} with Dubbo's real router chain and a policy. */
final class Routing implements AutoCloseable {
    static final String SERVICE = TestService.class.getName();

    private final FrameworkModel framework = new FrameworkModel();
    private final GrayApplication application;
    private final URL consumerUrl;
    private final RouterChain<TestService> chain;
    private final Map<String, String> keys = new HashMap<>();
    private BitList<Invoker<TestService>> list = new BitList<>(new ArrayList<>());
    private int port = 20000;

    Routing(Path folder) {
        this(
                folder,
                "consumer://127.0.0.1/" + SERVICE + "?interface=" + SERVICE
                        + "&application=consumer-app&gray.version=consumer-own&application.version=consumer-own");
    }

    Routing(Path folder, String consumer) {
        ApplicationModel model = framework.newApplication();
        model.getApplicationConfigManager().setApplication(new ApplicationConfig("consumer-app"));
        model.modelEnvironment().updateExternalConfigMap(Map.of("dubbo.gray.cache-dir", folder.toString()));
        this.application = GrayApplication.of(model);
        this.consumerUrl = URL.valueOf(consumer).setScopeModel(model.getDefaultModule());
        this.chain = RouterChain.buildChain(TestService.class, consumerUrl);
    }

    /** Publishes a policy of the given keys without their prefix. */
    Routing policy(String... keysAndValues) {
        keys.clear();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            keys.put("gray." + keysAndValues[i], keysAndValues[i + 1]);
        }
        Snapshot snapshot = Snapshot.of(keys);
        application.repository().offer(snapshot);
        if (application.policy() == null
                || !application.policy().policy().hash().equals(snapshot.hash())) {
            throw new IllegalArgumentException("not accepted: " + keys);
        }
        return this;
    }

    /** The registry says that these are the providers: {@code app:version}, or {@code app:} without a version. */
    Routing providers(String... providers) {
        List<Invoker<TestService>> invokers = new ArrayList<>();
        for (String provider : providers) {
            invokers.add(provider(provider));
        }
        return list(new BitList<>(invokers));
    }

    Routing list(BitList<Invoker<TestService>> newList) {
        chain.setInvokers(newList.clone(), () -> list = newList);
        return this;
    }

    FakeProvider provider(String text) {
        String[] parts = text.split(":", -1);
        String version = parts[1].isEmpty() ? "" : "&gray.version=" + parts[1];
        return provider(parts[0], version);
    }

    FakeProvider provider(String providerApplication, String parameters) {
        String registered = "dubbo://127.0.0.1:" + port++ + "/" + SERVICE + "?interface=" + SERVICE + "&application="
                + providerApplication + parameters;
        return new FakeProvider(DubboServiceAddressURL.valueOf(URL.encode(registered), consumerUrl));
    }

    BitList<Invoker<TestService>> list() {
        return list;
    }

    GrayApplication application() {
        return application;
    }

    RpcInvocation call(String tags) {
        RpcInvocation invocation = new RpcInvocation(null, "hello", SERVICE, SERVICE, new Class<?>[0], new Object[0]);
        if (tags != null) {
            invocation.setAttachment("gray-tag", tags);
        }
        return invocation;
    }

    /** Where a call with these tags may go, sorted. */
    List<String> route(String tags) {
        return route(call(tags), list);
    }

    List<String> route(RpcInvocation invocation, BitList<Invoker<TestService>> available) {
        return chain
                .getSingleChain(consumerUrl, available, invocation)
                .route(consumerUrl, available, invocation)
                .stream()
                .map(Object::toString)
                .sorted()
                .toList();
    }

    /** The router alone, without the chain around it. */
    GrayStateRouter<TestService> router() {
        return new GrayStateRouter<>(consumerUrl, application);
    }

    URL consumerUrl() {
        return consumerUrl;
    }

    @Override
    public void close() {
        framework.destroy();
    }
}
