package io.grayrelease.dubbo.router;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Predicate;

import io.grayrelease.dubbo.context.RouteOutcome;
import io.grayrelease.dubbo.context.RouteOutcome.Kind;
import io.grayrelease.policy.decide.ServiceRoutes;
import io.grayrelease.policy.model.GrayPolicy;
import io.grayrelease.policy.model.GrayPolicy.WhenBaselineEmpty;
import io.grayrelease.policy.model.Route;

/** Makes the routing table of one service from a policy and an index of its providers. */
final class RoutingTableBuilder<T> {
    private final GrayPolicy policy;
    private final ProviderIndex<T> index;
    private final String service;
    private final ServiceRoutes routes;

    private RoutingTableBuilder(GrayPolicy policy, ProviderIndex<T> index, String service) {
        this.policy = policy;
        this.index = index;
        this.service = service;
        this.routes = ServiceRoutes.of(policy, service);
    }

    static <T> RoutingTable<T> build(GrayPolicy policy, ProviderIndex<T> index, String service) {
        return new RoutingTableBuilder<>(policy, index, service).build();
    }

    private RoutingTable<T> build() {
        return new RoutingTable<>(policy, index, byTag(), baseline(), nobody());
    }

    /** Switched off, no tag decides anything; the routes only go on to reserve their versions. */
    private Map<String, Choice<T>> byTag() {
        Map<String, Choice<T>> byTag = new HashMap<>();
        Collection<String> applications = index.applications();
        for (Route route : policy.routes().values()) {
            if (policy.on() && routes.decides(route, applications)) {
                byTag.put(route.tag(), tagged(route));
            }
        }
        return byTag;
    }

    private Choice<T> tagged(Route route) {
        boolean strict = route.fallback() == Route.Fallback.STRICT;
        String sends = "tag " + route.tag() + " sends " + service + " to " + route.targets();
        return choice(
                kind -> routes.accepts(route, kind.application(), kind.version()),
                RouteOutcome.of(Kind.HIT, route.tag(), sends),
                RouteOutcome.of(
                        strict ? Kind.REJECTED : Kind.FALLBACK,
                        route.tag(),
                        sends + ", but no provider of that version is alive (fallback="
                                + (strict ? "strict)" : "baseline)")));
    }

    private Choice<T> baseline() {
        boolean fail = policy.whenBaselineEmpty() == WhenBaselineEmpty.FAIL;
        return choice(
                kind -> routes.isBaseline(kind.application(), kind.version()),
                RouteOutcome.of(Kind.BASELINE, null, "baseline call of " + service),
                RouteOutcome.of(
                        fail ? Kind.REJECTED : Kind.FAIL_OPEN,
                        null,
                        "no baseline provider of " + service + " is alive (gray.when-baseline-empty="
                                + (fail ? "fail)" : "gray)")));
    }

    private Choice<T> nobody() {
        RouteOutcome unsaid = RouteOutcome.of(Kind.REJECTED, null, "nobody");
        return choice(kind -> false, unsaid, unsaid);
    }

    private Choice<T> choice(Predicate<ProviderKind> wanted, RouteOutcome found, RouteOutcome missing) {
        return new Choice<>(index.select(wanted), invoker -> wanted.test(index.kind(invoker)), found, missing);
    }
}
