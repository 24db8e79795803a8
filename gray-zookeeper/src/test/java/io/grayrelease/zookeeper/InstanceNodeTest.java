package io.grayrelease.zookeeper;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import org.apache.curator.framework.CuratorFramework;
import org.apache.curator.framework.CuratorFrameworkFactory;
import org.apache.curator.framework.state.ConnectionState;
import org.apache.curator.retry.RetryOneTime;
import org.apache.curator.test.TestingServer;
import org.apache.zookeeper.Watcher.Event.KeeperState;
import org.apache.zookeeper.ZooKeeper;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

class InstanceNodeTest {
    private static final Instance NEW = Instance.builder()
            .setApplication("order/app")
            .setAddress("10.0.0.1:20880")
            .setSource("apollo gray-policy")
            .build();
    private static final Instance RUNNING = Instance.builder()
            .setApplication("order/app")
            .setAddress("10.0.0.1:20880")
            .setSource("apollo gray-policy")
            .setStatus(Instance.Status.ACCEPTED)
            .setPolicy("cffe0e4453c7")
            .setAcceptedAt(Instant.parse("2026-11-24T08:00:00Z"))
            .build();

    private TestingServer server;
    private CuratorFramework process;
    private CuratorFramework tool;

    @BeforeEach
    void start() throws Exception {
        server = new TestingServer(true);
        process = client();
        tool = client();
    }

    private CuratorFramework client() {
        CuratorFramework client = CuratorFrameworkFactory.newClient(server.getConnectString(), new RetryOneTime(100));
        client.start();
        return client;
    }

    @AfterEach
    void stop() throws Exception {
        process.close();
        tool.close();
        server.close();
    }

    @Test
    void fleet_ofNobody_isEmpty() throws Exception {
        assertThat(Instances.read(tool).all()).isEmpty();
    }

    @Test
    void process_endsInTime_whileZooKeeperIsAway() throws Exception {
        InstanceNode node = InstanceNode.keep(process, NEW);
        server.stop();
        await().atMost(Duration.ofSeconds(20))
                .until(() -> !process.getZookeeperClient().isConnected());
        node.update(RUNNING);

        assertTimeoutPreemptively(Duration.ofSeconds(15), () -> {
            node.close();
            process.close();
        });
    }

    @Test
    void process_isThere_isUpdated_andIsGoneWhenClosed() throws Exception {
        try (InstanceNode node = InstanceNode.keep(process, NEW)) {
            awaitFleet(NEW);
            node.update(RUNNING);
            awaitFleet(RUNNING);
        }
        assertThat(Instances.read(tool).all()).isEmpty();
    }

    @Test
    void processes_ofOneApplication_areApart() throws Exception {
        Instance other = Instance.builder()
                .setApplication("order/app")
                .setAddress("10.0.0.0")
                .setSource("apollo gray-policy")
                .build();
        try (InstanceNode one = InstanceNode.keep(process, RUNNING);
                InstanceNode two = InstanceNode.keep(process, other)) {
            awaitFleet(other, RUNNING);
        }
    }

    @Test
    void process_isGone_withItsConnection() throws Exception {
        InstanceNode.keep(process, RUNNING);
        awaitFleet(RUNNING);

        process.close();

        await().untilAsserted(() -> assertThat(Instances.read(tool).all()).isEmpty());
    }

    @Test
    void process_isThereAgain_afterALostSession() throws Exception {
        CountDownLatch lost = new CountDownLatch(1);
        process.getConnectionStateListenable().addListener((client, state) -> {
            if (state == ConnectionState.LOST) {
                lost.countDown();
            }
        });
        try (InstanceNode node = InstanceNode.keep(process, NEW)) {
            awaitFleet(NEW);
            node.update(RUNNING);
            long session = session();

            expireSession();

            assertThat(lost.await(20, TimeUnit.SECONDS)).isTrue();
            awaitFleet(RUNNING);
            assertThat(session()).isNotEqualTo(session);
        }
    }

    @Test
    void process_isThereAgain_afterZooKeeperWas() throws Exception {
        try (InstanceNode node = InstanceNode.keep(process, NEW)) {
            awaitFleet(NEW);
            server.stop();
            node.update(RUNNING);
            server.restart();

            awaitFleet(RUNNING);
        }
    }

    @Test
    void zooKeeper_thatIsAway_isNotWaitedFor() throws Exception {
        server.stop();
        long start = System.nanoTime();
        try (InstanceNode node = InstanceNode.keep(process, NEW)) {
            node.update(RUNNING);
            assertThat(System.nanoTime() - start).isLessThan(TimeUnit.SECONDS.toNanos(1));

            server.restart();

            awaitFleet(RUNNING);
        }
    }

    @Test
    void nodes_ofSomethingElse_areNamed() throws Exception {
        tool.create().creatingParentsIfNeeded().forPath(InstanceNode.PARENT + "/junk", new byte[] {1});
        try (InstanceNode node = InstanceNode.keep(process, RUNNING)) {
            awaitFleet(RUNNING);
            assertThat(Instances.read(tool).unreadable()).containsExactly("junk: application is missing");
        }
    }

    private void awaitFleet(Instance... expected) {
        await().atMost(Duration.ofSeconds(30))
                .ignoreExceptions() // ZooKeeper may be away for a moment
                .untilAsserted(() -> assertThat(Instances.read(tool).all()).isEqualTo(List.of(expected)));
    }

    private long session() throws Exception {
        return process.getZookeeperClient().getZooKeeper().getSessionId();
    }

    /** Whoever has id and password of a session can end it; the server then tells its owner. */
    private void expireSession() throws Exception {
        ZooKeeper owner = process.getZookeeperClient().getZooKeeper();
        CountDownLatch connected = new CountDownLatch(1);
        ZooKeeper thief = new ZooKeeper(
                server.getConnectString(),
                10_000,
                event -> {
                    if (event.getState() == KeeperState.SyncConnected) {
                        connected.countDown();
                    }
                },
                owner.getSessionId(),
                owner.getSessionPasswd());
        assertThat(connected.await(20, TimeUnit.SECONDS)).isTrue();
        thief.close();
    }
}
