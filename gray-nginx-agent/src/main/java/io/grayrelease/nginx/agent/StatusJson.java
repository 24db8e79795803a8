package io.grayrelease.nginx.agent;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonParseException;

import io.grayrelease.nginx.drive.Applied;
import io.grayrelease.nginx.model.ServiceUpstream;
import io.grayrelease.policy.model.Problem;
import io.grayrelease.policy.source.PolicyInForce;
import io.grayrelease.policy.source.PolicyStatus;

/**
 * An agent's state for programs. Times are as in 2026-11-24T08:00:00Z; what is null is left out.
 *
 * @param accepted the hash of the policy that Nginx is to run on
 * @param policy the hash of the one that it runs on
 * @param rejected the hash of the latest policy, if it was refused
 */
record StatusJson(
        String host,
        long pid,
        String started,
        String driver,
        String nginx,
        String source,
        @Nullable String accepted,
        @Nullable String acceptedAt,
        @Nullable Boolean fromDisk,
        @Nullable String policy,
        @Nullable Long revision,
        @Nullable String appliedAt,
        @Nullable String error,
        @Nullable String errorSince,
        @Nullable String rejected,
        @Nullable String rejectedAt,
        List<String> problems,
        List<String> warnings,
        List<Upstream> upstreams) {
    private static final Gson GSON =
            new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create();

    /** Where the requests of an upstream go. */
    record Upstream(String name, List<String> baseline, Map<String, List<String>> tags) {}

    static StatusJson of(AgentIdentity agent, AgentState state) {
        PolicyStatus status = state.policy();
        PolicyInForce inForce = status.inForce();
        PolicyStatus.Rejection rejection = status.rejection();
        Applied applied = state.applied();
        return new StatusJson(
                agent.host(),
                agent.pid(),
                agent.started().toString(),
                agent.driver(),
                agent.nginx(),
                agent.source(),
                inForce == null ? null : inForce.policy().hash(),
                inForce == null ? null : inForce.acceptedAt().toString(),
                inForce == null ? null : status.fromDisk(),
                applied == null ? null : applied.policy(),
                applied == null ? null : applied.revision(),
                applied == null ? null : applied.at().toString(),
                state.error(),
                text(state.errorSince()),
                rejection == null ? null : rejection.hash(),
                rejection == null ? null : rejection.at().toString(),
                rejection == null ? List.of() : lines(rejection.errors()),
                state.warnings(),
                state.upstreams().stream().map(StatusJson::upstream).toList());
    }

    private static @Nullable String text(@Nullable Instant time) {
        return time == null ? null : time.toString();
    }

    private static List<String> lines(List<Problem> problems) {
        return problems.stream().map(Problem::toString).toList();
    }

    private static Upstream upstream(ServiceUpstream upstream) {
        return new Upstream(upstream.name(), upstream.baseline(), new TreeMap<>(upstream.tags()));
    }

    /** Whether Nginx runs on the policy that was accepted, nothing was refused, and nothing is wrong. */
    boolean isFine() {
        return error == null && rejected == null && accepted != null && accepted.equals(policy);
    }

    String write() {
        return GSON.toJson(this) + "\n";
    }

    static String write(Object any) {
        return GSON.toJson(any);
    }

    /**
     * Reads what {@link #write} wrote.
     *
     * @throws IllegalArgumentException if it is something else
     */
    static StatusJson read(String text) {
        try {
            StatusJson status = GSON.fromJson(text, StatusJson.class);
            if (status == null || status.host() == null || status.upstreams() == null) {
                throw new IllegalArgumentException("expected the status of an agent");
            }
            return status;
        } catch (JsonParseException e) {
            throw new IllegalArgumentException("expected the status of an agent: " + e.getMessage(), e);
        }
    }
}
