package io.grayrelease.dubbo.router;

import java.util.Map;

import org.apache.dubbo.rpc.Invoker;
import org.apache.dubbo.rpc.cluster.router.state.BitList;
import org.jspecify.annotations.Nullable;

import io.grayrelease.dubbo.context.RouteOutcome;
import io.grayrelease.dubbo.context.RouteOutcome.Kind;
import io.grayrelease.policy.model.GrayPolicy;
import io.grayrelease.policy.model.Tags;

/**
 * Where the calls of one service go, for one policy and one address list: made when either changes ({@link
 * RoutingTableBuilder}), only looked up per call. Immutable.
 */
final class RoutingTable<T> {
    private final GrayPolicy policy;
    private final ProviderIndex<T> index;
    private final Map<String, Choice<T>> byTag;
    private final Choice<T> baseline;
    private final Choice<T> nobody;

    RoutingTable(
            GrayPolicy policy,
            ProviderIndex<T> index,
            Map<String, Choice<T>> byTag,
            Choice<T> baseline,
            Choice<T> nobody) {
        this.policy = policy;
        this.index = index;
        this.byTag = byTag;
        this.baseline = baseline;
        this.nobody = nobody;
    }

    boolean isOf(GrayPolicy otherPolicy, BitList<Invoker<T>> invokers) {
        return policy == otherPolicy && index.isOf(invokers);
    }

    /** Narrows a list to the providers that a call with these tags may go to, and says why those. */
    RouteOutcome route(BitList<Invoker<T>> invokers, Tags tags) {
        Choice<T> tagged = deciding(tags);
        if (tagged == null) {
            return routeBaseline(invokers, baseline.found());
        }
        if (tagged.isAlive(invokers)) {
            tagged.narrow(invokers);
            return tagged.found();
        }
        return isRejection(tagged.missing())
                ? reject(invokers, tagged.missing())
                : routeBaseline(invokers, tagged.missing());
    }

    /** The tags are taken in order; the first whose route has a target for the service decides. */
    private @Nullable Choice<T> deciding(Tags tags) {
        for (String tag : tags.names()) {
            Choice<T> choice = byTag.get(tag);
            if (choice != null) {
                return choice;
            }
        }
        return null;
    }

    private RouteOutcome routeBaseline(BitList<Invoker<T>> invokers, RouteOutcome found) {
        if (baseline.isAlive(invokers)) {
            baseline.narrow(invokers);
            return found;
        }
        return isRejection(baseline.missing()) ? reject(invokers, baseline.missing()) : baseline.missing();
    }

    private RouteOutcome reject(BitList<Invoker<T>> invokers, RouteOutcome why) {
        nobody.narrow(invokers);
        return why;
    }

    private static boolean isRejection(RouteOutcome outcome) {
        return outcome.kind() == Kind.REJECTED;
    }
}
