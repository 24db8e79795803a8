package io.grayrelease.it;

import java.nio.file.Path;
import java.util.List;

import org.apache.curator.framework.CuratorFramework;
import org.apache.curator.framework.CuratorFrameworkFactory;
import org.apache.curator.retry.RetryOneTime;
import org.apache.curator.test.TestingServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

import io.grayrelease.zookeeper.Instance;
import io.grayrelease.zookeeper.Instance.Status;
import io.grayrelease.zookeeper.Instances;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

/** Every process of a chain is seen in ZooKeeper, with the policy that it runs on. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FleetTest {
    private TestingServer zooKeeper;
    private CuratorFramework client;
    private Chain chain;

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        zooKeeper = new TestingServer(true);
        client = CuratorFrameworkFactory.newClient(zooKeeper.getConnectString(), new RetryOneTime(1));
        client.start();
        chain = new Chain(zooKeeper.getConnectString(), folder, "all", "dubbo");
        chain.write("switch", "on");
        chain.stock("2.0.0").order("1.0.0").consumer();
    }

    @AfterAll
    void stop() throws Exception {
        chain.close();
        client.close();
        zooKeeper.close();
    }

    @Test
    void allAreThere_withVersionAddressAndPolicy() throws Exception {
        String hash = policy(1);

        await().untilAsserted(() -> assertThat(fleet())
                .extracting(Instance::application, Instance::version, Instance::status, Instance::policy)
                .contains(
                        tuple("consumer-app", null, Status.ACCEPTED, hash),
                        tuple("order-app", "1.0.0", Status.ACCEPTED, hash),
                        tuple("stock-app", "2.0.0", Status.ACCEPTED, hash)));
        assertThat(one("stock-app").address()).matches(".+:\\d+");
        assertThat(one("stock-app").source()).startsWith("file ");
        assertThat(one("stock-app").acceptedAt()).isNotNull();
    }

    @Test
    void aRejectionIsSeen_withItsProblem_untilTheNextGoodPolicy() {
        String good = policy(2);
        chain.write("rule.1-a", "uid = 2 => T", "route.T", Chain.STOCK + ":2.0.0");

        await().untilAsserted(() -> assertThat(fleet()).allSatisfy(instance -> {
            assertThat(instance.status()).isEqualTo(Status.REJECTED);
            assertThat(instance.policy()).isEqualTo(good);
            assertThat(instance.rejected()).isNotEqualTo(good);
            assertThat(instance.problems()).singleElement().asString().startsWith("gray.rule.1-a, column 5:");
        }));

        String next = policy(3);
        await().untilAsserted(() -> assertThat(fleet()).allSatisfy(instance -> {
            assertThat(instance.status()).isEqualTo(Status.ACCEPTED);
            assertThat(instance.policy()).isEqualTo(next);
            assertThat(instance.problems()).isEmpty();
        }));
    }

    @Test
    void whoStopsIsGone_andWhoIsSwitchedOffSaysSo() {
        App passing = chain.app("passing-app").set("dubbo.gray.enabled", "false");
        passing.provides(Stock.class, new StockService("stock of nobody"));
        passing.start();
        await().untilAsserted(() -> assertThat(one("passing-app").status()).isEqualTo(Status.OFF));

        passing.close();
        await().untilAsserted(() ->
                assertThat(fleet()).extracting(Instance::application).doesNotContain("passing-app"));
    }

    @Test
    void allComeBackAfterALostSession() throws Exception {
        String hash = policy(4);
        await().untilAsserted(() -> assertThat(fleet()).hasSize(3));

        for (String node : client.getChildren().forPath("/gray/instances")) {
            client.delete().forPath("/gray/instances/" + node); // as the end of a session does
        }

        await().untilAsserted(() ->
                assertThat(fleet()).hasSize(3).extracting(Instance::policy).containsOnly(hash));
    }

    private String policy(int uid) {
        chain.policy("rule.1-a", "uid == " + uid + " => T", "route.T", Chain.STOCK + ":2.0.0");
        return chain.get("consumer").policy();
    }

    private List<Instance> fleet() throws Exception {
        return Instances.read(client).all();
    }

    private Instance one(String application) throws Exception {
        return fleet().stream()
                .filter(instance -> instance.application().equals(application))
                .findFirst()
                .orElseThrow();
    }
}
