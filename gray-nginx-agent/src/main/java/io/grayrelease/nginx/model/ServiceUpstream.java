package io.grayrelease.nginx.model;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;

import io.grayrelease.policy.decide.ServiceRoutes;
import io.grayrelease.policy.model.GrayPolicy;
import io.grayrelease.policy.model.GrayPolicy.WhenBaselineEmpty;
import io.grayrelease.policy.model.Route;
import io.grayrelease.policy.model.Route.Fallback;

/**
 * Where the requests of one upstream go, with all fallbacks applied: no request needs to know which versions are alive. An empty
 * list of addresses means that the policy wants the request to fail. Immutable.
 *
 * @param name see {@link UpstreamTarget#name}
 * @param baseline addresses for requests that no tag decides
 * @param tags addresses by tag, for each tag whose route concerns this upstream: the first of a request's tags that is here decides
 */
public record ServiceUpstream(String name, List<String> baseline, Map<String, List<String>> tags) {
    public ServiceUpstream {
        baseline = List.copyOf(baseline);
        tags = Map.copyOf(tags);
    }

    /**
     * Chooses by a policy, as Dubbo's router does for a call.
     *
     * @param policy null: every request goes to all servers
     */
    public static ServiceUpstream of(@Nullable GrayPolicy policy, UpstreamTarget target, Collection<Server> servers) {
        return policy == null
                ? new ServiceUpstream(target.name(), addresses(servers, server -> true), Map.of())
                : new Choice(policy, target, servers).upstream();
    }

    private static List<String> addresses(Collection<Server> servers, Predicate<Server> chosen) {
        return servers.stream()
                .filter(chosen)
                .map(Server::address)
                .distinct()
                .sorted()
                .toList();
    }

    /** One policy and the servers alive. */
    private static final class Choice {
        private final GrayPolicy policy;
        private final UpstreamTarget target;
        private final Collection<Server> servers;
        private final ServiceRoutes routes;
        private final List<String> baseline;

        Choice(GrayPolicy policy, UpstreamTarget target, Collection<Server> servers) {
            this.policy = policy;
            this.target = target;
            this.servers = servers;
            String service = target.service() == null ? target.application() : target.service();
            this.routes = ServiceRoutes.of(policy, service);
            this.baseline = baseline();
        }

        ServiceUpstream upstream() {
            Map<String, List<String>> tags = new LinkedHashMap<>();
            for (Route route : policy.on() ? policy.routes().values() : List.<Route>of()) {
                if (routes.decides(route, Set.of(target.application()))) {
                    tags.put(route.tag(), decided(route));
                }
            }
            return new ServiceUpstream(target.name(), baseline, tags);
        }

        private List<String> decided(Route route) {
            List<String> chosen =
                    addresses(servers, server -> routes.accepts(route, target.application(), server.version()));
            return chosen.isEmpty() && route.fallback() == Fallback.BASELINE ? baseline : chosen;
        }

        private List<String> baseline() {
            List<String> chosen =
                    addresses(servers, server -> routes.isBaseline(target.application(), server.version()));
            return chosen.isEmpty() && policy.whenBaselineEmpty() == WhenBaselineEmpty.GRAY
                    ? new ArrayList<>(addresses(servers, server -> true))
                    : chosen;
        }
    }
}
