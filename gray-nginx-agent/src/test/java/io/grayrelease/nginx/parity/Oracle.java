package io.grayrelease.nginx.parity;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import io.grayrelease.gateway.ClientAddress;
import io.grayrelease.gateway.Entry;
import io.grayrelease.gateway.EntrySettings;
import io.grayrelease.nginx.model.HttpSources;
import io.grayrelease.nginx.model.Server;
import io.grayrelease.policy.decide.PolicyEvaluator;
import io.grayrelease.policy.decide.RequestView;
import io.grayrelease.policy.model.GrayPolicy;
import io.grayrelease.policy.model.GrayPolicy.WhenBaselineEmpty;
import io.grayrelease.policy.model.Route;
import io.grayrelease.policy.model.Route.Fallback;
import io.grayrelease.policy.model.Tags;
import io.grayrelease.policy.model.Value;
import io.grayrelease.policy.model.VersionPattern;

/** What a request is to get, by the Java entry and evaluator, and by the words of the policy's contract. */
final class Oracle {
    private static final int GUESSES = 8;
    private static final String APPLICATION = "web";

    private final GrayPolicy policy;
    private final PolicyEvaluator evaluator;
    private final Entry entry;
    private final Collection<Server> servers;
    private final Random random;

    Oracle(GrayPolicy policy, HttpSources sources, Collection<Server> servers, Random random) {
        this.policy = policy;
        this.evaluator = PolicyEvaluator.of(policy, Clock.systemUTC());
        this.entry = Entry.of(
                EntrySettings.builder()
                        .setUidSources(sources.uid())
                        .setTokenSources(sources.token())
                        .setClientAddress(ClientAddress.behind(sources.trustedProxies()))
                        .build(),
                () -> null);
        this.servers = servers;
        this.random = random;
    }

    /**
     * All decisions that are possible where servers read bytes differently, and nobody knows yet which call a request will make; one
     * for most requests.
     */
    Set<Tags> decisions(HttpCase request) {
        Set<Tags> possible = new HashSet<>();
        for (Charset charset : List.of(StandardCharsets.UTF_8, StandardCharsets.ISO_8859_1)) {
            RequestView http = entry.values(request.readIn(charset, "127.0.0.1"));
            for (int i = 0; i < GUESSES; i++) {
                possible.add(evaluator.decide(guessing(http)).tags());
            }
        }
        return possible;
    }

    /** Whether a rule asks for what only a call has. */
    boolean asksForCalls() {
        return policy.rules().stream()
                .anyMatch(rule -> !rule.off() && rule.id().text().matches(".*\\b(caller|service|method|arg\\[).*"));
    }

    private RequestView guessing(RequestView http) {
        String guess = random.nextInt(3) == 0 ? null : Words.any(random);
        return value -> isOfCall(value) ? guess : http.get(value);
    }

    private static boolean isOfCall(Value value) {
        return switch (value.kind()) {
            case CALLER, SERVICE, METHOD, ARG -> true;
            default -> false;
        };
    }

    /** The uid that a request brings, as a server sees it that reads bytes as they are. */
    @Nullable
    String uid(HttpCase request) {
        return entry.values(request.readIn(StandardCharsets.ISO_8859_1, "127.0.0.1"))
                .get(Value.of(Value.Kind.UID));
    }

    /** The addresses that may serve requests of these tags; empty: it is to fail. */
    Set<String> servers(Tags tags) {
        for (String tag : policy.on() ? tags.names() : List.<String>of()) {
            Route route = policy.routes().get(tag);
            VersionPattern version = route == null ? null : version(route);
            if (version != null) {
                Set<String> alive = addresses(servers.stream()
                        .filter(server -> version.matches(server.version()))
                        .toList());
                return alive.isEmpty() && route.fallback() == Fallback.BASELINE ? baseline() : alive;
            }
        }
        return baseline();
    }

    private static @Nullable VersionPattern version(Route route) {
        VersionPattern own = route.targets().versions().get(APPLICATION);
        return own != null ? own : route.targets().versions().get("*");
    }

    private Set<String> baseline() {
        VersionPattern pinned = policy.baseline().versions().get(APPLICATION);
        Set<String> alive = addresses(servers.stream()
                .filter(server -> pinned != null ? pinned.matches(server.version()) : !isReserved(server))
                .toList());
        return alive.isEmpty() && policy.whenBaselineEmpty() == WhenBaselineEmpty.GRAY ? addresses(servers) : alive;
    }

    private boolean isReserved(Server server) {
        return policy.routes().values().stream()
                .flatMap(route -> route.targets().versions().entrySet().stream())
                .filter(target ->
                        target.getKey().equals(APPLICATION) || target.getKey().equals("*"))
                .anyMatch(target -> target.getValue().matches(server.version()));
    }

    private static Set<String> addresses(Collection<Server> servers) {
        return servers.stream().map(Server::address).collect(Collectors.toSet());
    }
}
