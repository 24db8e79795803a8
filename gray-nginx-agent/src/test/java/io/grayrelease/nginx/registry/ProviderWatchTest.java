package io.grayrelease.nginx.registry;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

import org.apache.curator.framework.CuratorFramework;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.grayrelease.nginx.model.Server;
import io.grayrelease.nginx.model.UpstreamTarget;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** The watch with a real ZooKeeper that comes and goes. */
class ProviderWatchTest {
    private static final Duration LONG = Duration.ofMinutes(10);
    private static final String SERVICE = "com.acme.OrderService";

    @TempDir
    Path folder;

    private final AtomicInteger changes = new AtomicInteger();
    private Registry registry;
    private CuratorFramework client;
    private ProviderWatch watch;

    @BeforeEach
    void start() throws Exception {
        registry = new Registry();
        client = registry.newClient();
    }

    @AfterEach
    void stop() throws Exception {
        if (watch != null) {
            watch.close();
        }
        client.close();
        registry.close();
    }

    private void watch(Duration grace, @Nullable String service, @Nullable Integer port) {
        WatchedUpstream upstream = new WatchedUpstream(new UpstreamTarget("web", "order-app", service), port);
        Path file = folder.resolve("servers.properties");
        watch = new ProviderWatch(client, List.of(upstream), file, grace, changes::incrementAndGet).start();
    }

    private void watch(Duration grace) {
        watch(grace, null, null);
    }

    private static Set<Server> servers(String... texts) {
        return Arrays.stream(texts)
                .map(text -> text.split("@", 2))
                .map(parts -> new Server(parts[0], parts.length == 1 ? null : parts[1]))
                .collect(Collectors.toSet());
    }

    /** Servers are seen a moment before anybody is told of them. */
    private void awaitChanges(int least, int most) {
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(changes.get()).isBetween(least, most));
    }

    private void awaitServers(String... texts) {
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(watch.servers("web")).isEqualTo(servers(texts)));
    }

    @Test
    void servers_areFollowed() throws Exception {
        registry.version("order-app", "10.0.0.1:8080", "1.0.0");
        watch(LONG);
        awaitServers("10.0.0.1:8080@1.0.0");

        registry.version("order-app", "10.0.0.2:8080", "2.0.0").instance("order-app", "10.0.0.3:8080", "");
        awaitServers("10.0.0.1:8080@1.0.0", "10.0.0.2:8080@2.0.0", "10.0.0.3:8080");

        registry.ends("order-app", "10.0.0.1:8080");
        awaitServers("10.0.0.2:8080@2.0.0", "10.0.0.3:8080");
        awaitChanges(3, 5);
    }

    @Test
    void bothLayouts_areFollowed_andOnlyHttpCounts() throws Exception {
        watch(LONG);
        awaitServers();

        registry.provider(SERVICE, "tri://10.0.0.1:50051/x?application=order-app&gray.version=2.0.0")
                .provider(SERVICE, "dubbo://10.0.0.1:20880/x?application=order-app")
                .provider(SERVICE, "tri://10.0.0.9:50051/x?application=other-app")
                .provider(SERVICE, "tri://order.svc:50051/x?application=order-app")
                .instance("order-app", "fd00::1:20880", "\"gray.http-port\":\"8080\"");

        awaitServers("10.0.0.1:50051@2.0.0", "[fd00::1]:8080");
    }

    @Test
    void service_isFollowedBelowItself() throws Exception {
        watch(LONG, SERVICE, null);
        awaitServers();

        registry.provider("com.acme.Other", "tri://10.0.0.2:50051/x?application=order-app")
                .provider(SERVICE, "tri://10.0.0.1:50051/x?application=order-app");

        awaitServers("10.0.0.1:50051");
    }

    @Test
    void port_ofTheSettings_winsOverAll() throws Exception {
        registry.instance("order-app", "10.0.0.1:20880", "\"gray.http-port\":\"8080\"")
                .provider(SERVICE, "dubbo://10.0.0.2:20880/x?application=order-app");
        watch(LONG, null, 81);

        awaitServers("10.0.0.1:81", "10.0.0.2:81");
    }

    @Test
    void zooKeeperThatIsAway_takesNoServerWithIt_andWhatIsNewIsSeenAfter() throws Exception {
        registry.version("order-app", "10.0.0.1:8080", "1.0.0");
        watch(LONG);
        awaitServers("10.0.0.1:8080@1.0.0");

        registry.away();
        await().atMost(Duration.ofSeconds(20))
                .until(() -> !client.getZookeeperClient().isConnected());
        assertThat(watch.servers("web")).isEqualTo(servers("10.0.0.1:8080@1.0.0"));
        registry.back();
        registry.version("order-app", "10.0.0.2:8080", "1.0.0");

        awaitServers("10.0.0.1:8080@1.0.0", "10.0.0.2:8080@1.0.0");
    }

    @Test
    void sessionsThatEndWithAnOutage_areNotBelieved_untilTheTimeIsOver() throws Exception {
        registry.version("order-app", "10.0.0.1:8080", "1.0.0").version("order-app", "10.0.0.2:8080", "1.0.0");
        watch(Duration.ofSeconds(5));
        awaitServers("10.0.0.1:8080@1.0.0", "10.0.0.2:8080@1.0.0");
        registry.away();
        await().atMost(Duration.ofSeconds(20))
                .until(() -> !client.getZookeeperClient().isConnected());

        registry.back();
        registry.die();
        long back = System.nanoTime();

        registry.version("order-app", "10.0.0.3:8080", "1.0.0");
        awaitServers("10.0.0.1:8080@1.0.0", "10.0.0.2:8080@1.0.0", "10.0.0.3:8080@1.0.0");
        awaitServers("10.0.0.3:8080@1.0.0");
        assertThat(Duration.ofNanos(System.nanoTime() - back)).isGreaterThan(Duration.ofSeconds(3));
    }

    @Test
    void allThatEnd_whileZooKeeperIsThere_areGone() throws Exception {
        registry.version("order-app", "10.0.0.1:8080", "1.0.0");
        watch(Duration.ZERO);
        awaitServers("10.0.0.1:8080@1.0.0");

        registry.die();

        awaitServers();
    }

    @Test
    void serversLastKnown_areThereAtStart_withoutZooKeeper() throws Exception {
        registry.version("order-app", "10.0.0.1:8080", "1.0.0");
        watch(LONG);
        awaitServers("10.0.0.1:8080@1.0.0");
        watch.close();
        registry.away();

        watch(LONG);

        assertThat(watch.servers("web")).isEqualTo(servers("10.0.0.1:8080@1.0.0"));
    }

    @Test
    void serversLastKnown_ofOtherSettings_areForgotten() throws Exception {
        registry.version("order-app", "10.0.0.1:8080", "1.0.0");
        watch(LONG);
        awaitServers("10.0.0.1:8080@1.0.0");
        watch.close();
        registry.away();

        watch(LONG, null, 81);

        assertThat(watch.servers("web")).isNull();
    }

    @Test
    void fileThatIsBroken_isIgnored() throws Exception {
        registry.away();
        Files.writeString(folder.resolve("servers.properties"), "web = order-app// 10.0.0.1\\:80; junk");

        watch(LONG);

        assertThat(watch.servers("web")).isNull();
    }

    @Test
    void noProcess_isKnown_asNone() {
        watch(LONG);

        awaitServers();
        awaitChanges(1, 1);
    }
}
