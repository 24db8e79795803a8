package io.grayrelease.dubbo.router;

import org.apache.dubbo.common.URL;
import org.apache.dubbo.common.utils.Holder;
import org.apache.dubbo.rpc.Invocation;
import org.apache.dubbo.rpc.Invoker;
import org.apache.dubbo.rpc.cluster.router.RouterSnapshotNode;
import org.apache.dubbo.rpc.cluster.router.state.AbstractStateRouter;
import org.apache.dubbo.rpc.cluster.router.state.BitList;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.grayrelease.dubbo.context.GrayApplication;
import io.grayrelease.dubbo.context.GrayPropagator;
import io.grayrelease.dubbo.context.RouteOutcome;
import io.grayrelease.policy.model.GrayPolicy;
import io.grayrelease.policy.model.Tags;
import io.grayrelease.policy.source.PolicyInForce;

/**
 * Narrows the providers of a call to those of its version. It decides nothing: it reads the tags that the call carries,
 * so a retry, or Dubbo's second run for a snapshot, has the same answer. It never throws and never widens the list.
 *
 * <p>Calls come from any thread while another one brings a new address list or a new policy. All state is one immutable
 * {@link RoutingTable} that knows which list and policy it is for, read once per call.
 */
final class GrayStateRouter<T> extends AbstractStateRouter<T> {
    private static final Logger LOG = LoggerFactory.getLogger(GrayStateRouter.class);

    private final GrayApplication application;
    private final String service;
    private final boolean anyVersion;
    private volatile @Nullable ProviderIndex<T> index;
    private volatile @Nullable RoutingTable<T> table;
    private volatile boolean warned;

    GrayStateRouter(URL url, GrayApplication application) {
        super(url);
        this.application = application;
        this.service = url.getServiceInterface();
        this.anyVersion = ProviderKind.isAnyVersion(url);
    }

    /** Dubbo would keep the old addresses, of other services too, if this threw. */
    @Override
    public void notify(BitList<Invoker<T>> invokers) {
        table = null;
        try {
            index = ProviderIndex.of(invokers.getOriginList(), anyVersion);
        } catch (RuntimeException e) {
            index = null; // calls will read their list themselves
            warn(e);
        }
    }

    @Override
    protected BitList<Invoker<T>> doRoute(
            BitList<Invoker<T>> invokers,
            URL url,
            Invocation invocation,
            boolean needToPrintMessage,
            Holder<RouterSnapshotNode<T>> nodeHolder,
            Holder<String> messageHolder) {
        PolicyInForce inForce = application.policy();
        if (inForce == null || invokers.isEmpty()) {
            return invokers;
        }
        try {
            RouteOutcome outcome = table(inForce.policy(), invokers).route(invokers, tags(invocation));
            outcome.keepWith(invocation);
            if (needToPrintMessage) {
                messageHolder.set("gray: " + outcome.reason());
            }
        } catch (RuntimeException e) {
            warn(e);
        }
        return invokers;
    }

    private static String tags(Invocation invocation) {
        String text = invocation.getAttachment(GrayPropagator.TAG);
        return text == null ? Tags.NONE.text() : text;
    }

    private RoutingTable<T> table(GrayPolicy policy, BitList<Invoker<T>> invokers) {
        RoutingTable<T> known = table;
        return known != null && known.isOf(policy, invokers) ? known : newTable(policy, invokers);
    }

    /** While Dubbo swaps address lists, a call may bring another list than the one we were told of: read it in place. */
    private RoutingTable<T> newTable(GrayPolicy policy, BitList<Invoker<T>> invokers) {
        ProviderIndex<T> told = index;
        if (told == null || !told.isOf(invokers)) {
            return RoutingTableBuilder.build(policy, ProviderIndex.of(invokers.getOriginList(), anyVersion), service);
        }
        RoutingTable<T> built = RoutingTableBuilder.build(policy, told, service);
        table = built;
        return built;
    }

    @Override
    protected String doBuildSnapshot() {
        PolicyInForce inForce = application.policy();
        return "gray: policy " + (inForce == null ? "none" : inForce.policy().hash()) + ", providers of " + service
                + ": " + index + "\n";
    }

    private void warn(RuntimeException e) {
        if (!warned) {
            warned = true;
            LOG.warn("gray: calls of {} are not narrowed; said once per router", service, e);
        }
    }
}
