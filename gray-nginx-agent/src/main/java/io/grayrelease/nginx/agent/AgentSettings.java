package io.grayrelease.nginx.agent;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import io.grayrelease.nginx.drive.NginxProgram;
import io.grayrelease.nginx.model.HttpSources;
import io.grayrelease.nginx.registry.WatchedUpstream;
import io.grayrelease.policy.model.Problem;
import io.grayrelease.policy.source.FilePolicySource;
import io.grayrelease.policy.source.PolicySource;
import io.grayrelease.policy.source.apollo.ApolloPolicySource;

/**
 * What the agent is told by its operator. Immutable.
 *
 * @param policyFile where the policy is, for work without Apollo; null: in Apollo
 * @param namespace of Apollo
 * @param zookeeper where it is; null: there is none
 * @param grace see {@link io.grayrelease.nginx.registry.ProviderWatch}
 * @param stateDir what outlives the agent
 * @param runDir where sockets are
 * @param nginx the program
 * @param keepaliveMinTimeout as Nginx writes it, where it knows {@code keepalive_min_timeout}; null: not set
 * @param quiet how long servers must not have changed before Nginx is told
 * @param minInterval how much time lies between two reloads at least
 * @param upstreams in the order of their names; at least one
 * @param apollo settings of apollo-client
 */
public record AgentSettings(
        @Nullable Path policyFile,
        String namespace,
        @Nullable String zookeeper,
        Duration grace,
        Path stateDir,
        Path runDir,
        Driver driver,
        NginxProgram nginx,
        @Nullable String keepaliveMinTimeout,
        HttpSources sources,
        Duration quiet,
        Duration minInterval,
        List<UpstreamSettings> upstreams,
        Map<String, String> apollo) {
    /** How Nginx is told. */
    public enum Driver {
        /** By configuration files and reloads. */
        NATIVE,
        /** By pushing to a Lua module. */
        LUA;

        /** As it is written. */
        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public AgentSettings {
        upstreams = List.copyOf(upstreams);
        apollo = Map.copyOf(apollo);
    }

    /**
     * Reads a file.
     *
     * @throws IOException if it cannot be read
     * @throws SettingsException if anything in it is wrong
     */
    public static AgentSettings read(Path file) throws IOException, SettingsException {
        List<Problem> problems = new ArrayList<>();
        AgentSettings settings = new SettingsReader(SettingsText.read(file, problems), problems).read();
        if (!problems.isEmpty()) {
            throw new SettingsException(file, problems);
        }
        return settings;
    }

    PolicySource source() {
        return policyFile == null ? ApolloPolicySource.of(namespace) : FilePolicySource.of(policyFile);
    }

    /** Those whose servers ZooKeeper knows. */
    List<WatchedUpstream> watched() {
        return upstreams.stream()
                .filter(UpstreamSettings::isWatched)
                .map(UpstreamSettings::watched)
                .collect(Collectors.toUnmodifiableList());
    }

    /** Between two changes of Nginx, whatever they are for; pushes cost nothing. */
    Duration gap() {
        return driver == Driver.NATIVE ? minInterval : Duration.ZERO;
    }
}
