package io.grayrelease.dubbo.router;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import org.apache.dubbo.rpc.Invoker;
import org.apache.dubbo.rpc.cluster.router.state.BitList;

import io.grayrelease.dubbo.context.GrayPropagator;
import io.grayrelease.dubbo.context.RouteOutcome;
import io.grayrelease.dubbo.context.RouteOutcome.Kind;
import io.grayrelease.policy.model.GrayPolicy;
import io.grayrelease.policy.model.Tags;

/**
 * Where the calls of one service go, for one policy and one address list: made when either changes ({@link
 * RoutingTableBuilder}), only looked up per call. Thread-safe; immutable but for
 * the texts that it has read.
 */
final class RoutingTable<T> {
    private static final int MAX_TEXTS = 1_000;

    private final GrayPolicy policy;
    private final ProviderIndex<T> index;
    private final Map<String, Choice<T>> byTag;
    private final Choice<T> baseline;
    private final Choice<T> nobody;
    private final Map<String, Choice<T>> byText = new ConcurrentHashMap<>();

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

    /** Narrows a list to the providers that a call with this text of tags may go to, and says why those. */
    RouteOutcome route(BitList<Invoker<T>> invokers, String tags) {
        Choice<T> decided = decided(tags);
        if (decided == baseline) {
            return routeBaseline(invokers, baseline.found());
        }
        if (decided.isAlive(invokers)) {
            decided.narrow(invokers);
            return decided.found();
        }
        return isRejection(decided.missing())
                ? reject(invokers, decided.missing())
                : routeBaseline(invokers, decided.missing());
    }

    /** Few texts travel, so each is read once; the bound is against a caller who makes up others. */
    private Choice<T> decided(String tags) {
        Choice<T> known = byText.get(tags);
        if (known != null) {
            return known;
        }
        Choice<T> decided = deciding(GrayPropagator.tags(tags));
        if (byText.size() < MAX_TEXTS) {
            byText.put(tags, decided);
        }
        return decided;
    }

    /** The tags are taken in order; the first whose route has a target for the service decides, else it is baseline. */
    private Choice<T> deciding(Tags tags) {
        for (String tag : tags.names()) {
            Choice<T> choice = byTag.get(tag);
            if (choice != null) {
                return choice;
            }
        }
        return baseline;
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
