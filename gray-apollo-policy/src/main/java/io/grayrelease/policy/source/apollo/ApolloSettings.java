package io.grayrelease.policy.source.apollo;

import com.ctrip.framework.apollo.build.ApolloInjector;
import com.ctrip.framework.apollo.core.ApolloClientSystemConsts;
import com.ctrip.framework.apollo.core.MetaDomainConsts;
import com.ctrip.framework.apollo.util.ConfigUtil;
import com.ctrip.framework.foundation.Foundation;

/** What apollo-client is set to, without asking the network. */
final class ApolloSettings {
    private ApolloSettings() {}

    /** Whether this process says who it is or where Apollo is. A public namespace can be read without an app.id. */
    static boolean isConfigured() {
        return Foundation.app().isAppIdSet() || hasConfigService() || hasMetaServer();
    }

    private static boolean hasConfigService() {
        return System.getProperty(ApolloClientSystemConsts.APOLLO_CONFIG_SERVICE) != null
                || System.getenv(ApolloClientSystemConsts.APOLLO_CONFIG_SERVICE_ENVIRONMENT_VARIABLES) != null;
    }

    private static boolean hasMetaServer() {
        return !config().getMetaServerDomainName().equals(MetaDomainConsts.DEFAULT_META_URL);
    }

    /** How long apollo-client waits for one answer: connecting and reading. */
    static long timeoutMillis() {
        return (long) config().getConnectTimeout() + config().getReadTimeout();
    }

    private static ConfigUtil config() {
        return ApolloInjector.getInstance(ConfigUtil.class);
    }
}
