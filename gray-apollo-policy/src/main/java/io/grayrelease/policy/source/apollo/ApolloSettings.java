package io.grayrelease.policy.source.apollo;

import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import com.ctrip.framework.apollo.build.ApolloInjector;
import com.ctrip.framework.apollo.core.ApolloClientSystemConsts;
import com.ctrip.framework.apollo.util.ConfigUtil;

/** What apollo-client is set to, without asking the network. */
final class ApolloSettings {
    private static final String APP_PROPERTIES = "META-INF/app.properties";

    private ApolloSettings() {}

    /**
     * Whether this process says who it is or where Apollo is. A public namespace can be read without an app.id. This looks
     * where apollo-client would look, but does not ask it: apollo-client keeps its first answer for good, which would
     * spoil it for an application that sets it up later.
     */
    static boolean isConfigured() {
        Properties app = appProperties();
        return Stream.of(
                        System.getProperty(ApolloClientSystemConsts.APP_ID),
                        System.getenv(ApolloClientSystemConsts.APP_ID_ENVIRONMENT_VARIABLES),
                        app.getProperty(ApolloClientSystemConsts.APP_ID),
                        System.getProperty(ApolloClientSystemConsts.APOLLO_META),
                        System.getenv(ApolloClientSystemConsts.APOLLO_META_ENVIRONMENT_VARIABLES),
                        app.getProperty(ApolloClientSystemConsts.APOLLO_META),
                        System.getProperty(ApolloClientSystemConsts.APOLLO_CONFIG_SERVICE),
                        System.getenv(ApolloClientSystemConsts.APOLLO_CONFIG_SERVICE_ENVIRONMENT_VARIABLES))
                .anyMatch(ApolloSettings::isSet);
    }

    private static boolean isSet(@Nullable String value) {
        return value != null && !value.trim().isEmpty();
    }

    /** As apollo-client: from the thread's class loader, else from its own. */
    private static Properties appProperties() {
        Properties properties = new Properties();
        try (InputStream in = open()) {
            if (in != null) {
                properties.load(in); // only whether keys are there matters, so not in which encoding
            }
        } catch (IOException | IllegalArgumentException e) {
            return new Properties(); // apollo-client cannot read it either
        }
        return properties;
    }

    private static @Nullable InputStream open() {
        ClassLoader loader = Thread.currentThread().getContextClassLoader();
        InputStream in = loader == null ? null : loader.getResourceAsStream(APP_PROPERTIES);
        return in != null ? in : ConfigUtil.class.getResourceAsStream("/" + APP_PROPERTIES);
    }

    /** How long apollo-client waits for one answer: connecting and reading. */
    static long timeoutMillis() {
        ConfigUtil config = ApolloInjector.getInstance(ConfigUtil.class);
        return (long) config.getConnectTimeout() + config.getReadTimeout();
    }
}
