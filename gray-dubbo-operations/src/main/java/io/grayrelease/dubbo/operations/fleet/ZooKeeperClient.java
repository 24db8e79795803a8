package io.grayrelease.dubbo.operations.fleet;

import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.stream.Stream;

import org.apache.curator.framework.CuratorFramework;
import org.apache.curator.framework.CuratorFrameworkFactory;
import org.apache.curator.retry.ExponentialBackoffRetry;
import org.apache.dubbo.common.URL;
import org.apache.dubbo.common.utils.UrlUtils;
import org.apache.dubbo.config.AbstractInterfaceConfig;
import org.apache.dubbo.config.RegistryConfig;
import org.apache.dubbo.rpc.model.ApplicationModel;
import org.apache.dubbo.rpc.model.ModuleModel;
import org.jspecify.annotations.Nullable;

/** Makes a client of the ZooKeeper that an application is registered in. Dubbo does not lend its own. */
final class ZooKeeperClient {
    /** How long the node of a process that was killed stays. */
    private static final int SESSION_MILLIS = 15_000;

    private static final int CONNECTION_MILLIS = 5_000;
    private static final ExponentialBackoffRetry RETRY = new ExponentialBackoffRetry(1_000, 29, 30_000);

    private ZooKeeperClient() {}

    /** A started client of the application's first ZooKeeper registry, or null if none is one. */
    static @Nullable CuratorFramework ofRegistry(ApplicationModel model) {
        RegistryConfig registry = registries(model)
                .filter(config -> config.isValid() && isZooKeeper(url(config)))
                .findFirst()
                .orElse(null);
        return registry == null ? null : start(registry);
    }

    private static Stream<RegistryConfig> registries(ApplicationModel model) {
        Stream<RegistryConfig> shared = model.getApplicationConfigManager().getRegistries().stream();
        Stream<RegistryConfig> own = model.getPubModuleModels().stream()
                .flatMap(ZooKeeperClient::interfaces)
                .filter(config -> config.getRegistries() != null)
                .flatMap(config -> config.getRegistries().stream());
        return Stream.concat(shared, own);
    }

    private static Stream<AbstractInterfaceConfig> interfaces(ModuleModel module) {
        return Stream.concat(
                module.getConfigManager().getServices().stream(), module.getConfigManager().getReferences().stream());
    }

    private static URL url(RegistryConfig registry) {
        return UrlUtils.parseURL(registry.getAddress(), Collections.singletonMap("protocol", protocol(registry)));
    }

    private static String protocol(RegistryConfig registry) {
        return registry.getProtocol() == null ? "dubbo" : registry.getProtocol();
    }

    private static boolean isZooKeeper(URL url) {
        return "zookeeper".equals(url.getProtocol());
    }

    private static CuratorFramework start(RegistryConfig registry) {
        URL url = url(registry);
        CuratorFrameworkFactory.Builder builder = CuratorFrameworkFactory.builder()
                .connectString(url.getBackupAddress())
                .sessionTimeoutMs(SESSION_MILLIS)
                .connectionTimeoutMs(CONNECTION_MILLIS)
                .retryPolicy(RETRY);
        String user = registry.getUsername() == null ? url.getUsername() : registry.getUsername();
        String password = registry.getPassword() == null ? url.getPassword() : registry.getPassword();
        if (user != null && password != null) {
            builder.authorization("digest", (user + ":" + password).getBytes(StandardCharsets.UTF_8));
        }
        CuratorFramework client = builder.build();
        client.start();
        return client;
    }
}
