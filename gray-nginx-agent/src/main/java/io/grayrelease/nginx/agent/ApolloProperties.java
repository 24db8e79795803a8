package io.grayrelease.nginx.agent;

import java.util.Map;

/** Hands the settings of apollo-client on to it, which reads system properties. */
final class ApolloProperties {
    private static final String CACHE = "apollo.cache-dir";

    private ApolloProperties() {}

    /** Before the source starts: apollo-client keeps its first answers for good. */
    static void set(AgentSettings settings) {
        if (settings.policyFile() != null) {
            return;
        }
        for (Map.Entry<String, String> setting : settings.apollo().entrySet()) {
            System.setProperty(setting.getKey(), setting.getValue());
        }
        if (System.getProperty(CACHE) == null) {
            System.setProperty(CACHE, settings.stateDir().resolve("apollo").toString());
        }
    }
}
