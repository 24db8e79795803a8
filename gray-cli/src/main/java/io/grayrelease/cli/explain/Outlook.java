package io.grayrelease.cli.explain;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;

import io.grayrelease.cli.fleet.VersionCounts;
import io.grayrelease.policy.decide.ServiceRoutes;
import io.grayrelease.policy.model.GrayPolicy;
import io.grayrelease.policy.model.GrayPolicy.WhenBaselineEmpty;
import io.grayrelease.policy.model.Route;
import io.grayrelease.policy.model.Tags;
import io.grayrelease.zookeeper.providers.Provider;

/**
 * What becomes of a call with the providers that are alive, as a service's router has it.
 *
 * @param alive all providers of the service, by version
 * @param outcome in the words of the services' metrics
 * @param candidates the providers that the call may go to, by version
 */
record Outlook(Map<String, Integer> alive, String outcome, Map<String, Integer> candidates) {
    private static final String HIT = "hit";
    private static final String BASELINE = "baseline";
    private static final String FALLBACK = "fallback";
    private static final String FAIL_OPEN = "fail_open";
    private static final String REJECTED = "rejected";

    /** What becomes of a call with some tags to the providers of one service. */
    static Outlook of(GrayPolicy policy, Tags tags, String service, List<Provider> alive) {
        ServiceRoutes routes = ServiceRoutes.of(policy, service);
        Route route = policy.on() ? route(policy, tags, routes, alive) : null;
        if (route != null) {
            List<Provider> wanted =
                    those(alive, provider -> routes.accepts(route, provider.application(), provider.version()));
            if (!wanted.isEmpty()) {
                return outlook(alive, HIT, wanted);
            }
            if (route.fallback() == Route.Fallback.STRICT) {
                return outlook(alive, REJECTED, wanted);
            }
        }
        List<Provider> baseline =
                those(alive, provider -> routes.isBaseline(provider.application(), provider.version()));
        if (!baseline.isEmpty()) {
            return outlook(alive, route == null ? BASELINE : FALLBACK, baseline);
        }
        return policy.whenBaselineEmpty() == WhenBaselineEmpty.FAIL || alive.isEmpty()
                ? outlook(alive, REJECTED, List.of())
                : outlook(alive, FAIL_OPEN, alive);
    }

    private static @Nullable Route route(GrayPolicy policy, Tags tags, ServiceRoutes routes, List<Provider> alive) {
        List<String> applications = alive.stream()
                .map(Provider::application)
                .filter(Objects::nonNull)
                .toList();
        return tags.names().stream()
                .map(policy.routes()::get)
                .filter(Objects::nonNull)
                .filter(route -> routes.decides(route, applications))
                .findFirst()
                .orElse(null);
    }

    private static List<Provider> those(List<Provider> providers, Predicate<Provider> wanted) {
        return providers.stream().filter(wanted).toList();
    }

    private static Outlook outlook(List<Provider> alive, String outcome, List<Provider> candidates) {
        return new Outlook(VersionCounts.of(alive), outcome, VersionCounts.of(candidates));
    }

    /** For people. */
    String text() {
        if (alive.isEmpty()) {
            return "alive: none; the call fails";
        }
        return "alive: " + VersionCounts.text(alive) + "; "
                + switch (outcome) {
                    case HIT -> "the call goes to " + VersionCounts.text(candidates);
                    case BASELINE -> "a baseline call, to " + VersionCounts.text(candidates);
                    case FALLBACK -> "fallback: the route's version is not alive, a baseline call, to "
                            + VersionCounts.text(candidates);
                    case FAIL_OPEN -> "fail_open: no baseline provider is alive, the call goes to "
                            + VersionCounts.text(candidates);
                    default -> "rejected: none of them may be called, the call fails";
                };
    }

    /** Whether the call goes where the policy wants it. */
    boolean isWanted() {
        return outcome.equals(HIT) || outcome.equals(BASELINE);
    }
}
