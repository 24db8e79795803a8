package io.grayrelease.it;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.apache.curator.test.TestingServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

import io.grayrelease.demo.servers.ApolloEndpoint;
import io.grayrelease.policy.model.Snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** A chain that follows an Apollo namespace through the real apollo-client. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ApolloChainTest {
    private static final String NAMESPACE = "gray-policy";

    private final Logs logs = new Logs();
    private ApolloEndpoint apollo;
    private TestingServer zooKeeper;
    private Chain chain;

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        apollo = ApolloEndpoint.start();
        System.setProperty("app.id", "chain");
        System.setProperty("env", "DEV");
        System.setProperty("apollo.meta", apollo.url());
        System.setProperty("apollo.cache-dir", folder.resolve("apollo").toString());
        System.setProperty("apollo.longPollingInitialDelayInMills", "0");
        apollo.publish(NAMESPACE, Map.of("gray.switch", "on"));
        zooKeeper = new TestingServer(true);
        chain = new Chain(zooKeeper.getConnectString(), folder, "instance", "tri");
        chain.stock("stock-app", "1.0.0", ApolloChainTest::fromApollo)
                .stock("stock-app", "2.0.0", ApolloChainTest::fromApollo)
                .order("1.0.0", ApolloChainTest::fromApollo)
                .order("2.0.0", ApolloChainTest::fromApollo)
                .consumer(ApolloChainTest::fromApollo);
        chain.awaitPaths(paths -> paths.size() == 4);
    }

    private static void fromApollo(App app) {
        app.set("dubbo.gray.source", "apollo");
    }

    @AfterAll
    void stop() throws Exception {
        chain.close();
        zooKeeper.close();
        apollo.close();
        logs.close();
    }

    /** Publishes keys without their prefix in one release, and waits until all applications have it. */
    private void publish(String... keysAndValues) {
        Map<String, String> keys = new HashMap<>(Map.of("server.port", "8080"));
        for (int i = 0; i < keysAndValues.length; i += 2) {
            keys.put("gray." + keysAndValues[i], keysAndValues[i + 1]);
        }
        apollo.publish(NAMESPACE, keys);
        awaitEverywhere(Snapshot.of(keys).hash());
    }

    private void awaitEverywhere(String hash) {
        await().until(() -> List.of("stock 1.0.0", "stock 2.0.0", "order 1.0.0", "order 2.0.0", "consumer").stream()
                .allMatch(name -> hash.equals(chain.get(name).policy())));
    }

    @Test
    void manyKeysInOneRelease_comeIntoForceTogether() {
        publish(
                "list.testers",
                "7",
                "list.testers.1",
                "8",
                "rule.1-testers",
                "uid in @testers => T",
                "rule.2-off",
                "true => U ; off",
                "route.T",
                Chain.ORDER + ":2.0.0, stock-app:2.0.0",
                "route.U",
                "*:7.0.0");

        assertThat(chain.paths(8, "uid", "8")).containsExactly("order 2.0.0 > stock 2.0.0");
        assertThat(chain.paths(8, "uid", "9")).containsExactly("order 1.0.0 > stock 1.0.0");
        assertThat(logs.with("from apollo gray-policy")).hasSize(5);
    }

    @Test
    void brokenPublish_changesNothing_andTheNextGoodOneDoes() {
        publish("rule.1-a", "uid == 7 => T", "route.T", Chain.ORDER + ":2.0.0");
        String inForce = chain.get("consumer").policy();

        apollo.publish(NAMESPACE, Map.of("gray.rule.1-a", "uid == 7 => TT", "gray.route.T", Chain.ORDER + ":1.0.0"));
        await().until(() -> chain.get("consumer").gray().repository().status().rejection() != null);
        assertThat(chain.get("consumer")
                        .gray()
                        .repository()
                        .status()
                        .rejection()
                        .errors()
                        .toString())
                .contains("gray.rule.1-a, column 13", "did you mean \"T\"?");
        assertThat(chain.get("consumer").policy()).isEqualTo(inForce);
        assertThat(chain.path("uid", "7")).startsWith("order 2.0.0");

        publish("rule.1-a", "uid == 8 => T", "route.T", Chain.ORDER + ":2.0.0");
        assertThat(chain.get("consumer").gray().repository().status().rejection())
                .isNull();
        assertThat(chain.path("uid", "7")).startsWith("order 1.0.0");
    }

    @Test
    void releasesInQuickSuccession_endWithTheLast() {
        for (int i = 1; i <= 20; i++) {
            apollo.publish(NAMESPACE, Map.of("gray.rule.1-a", "uid == " + i + " => T", "gray.route.T", "a:" + i));
        }
        awaitEverywhere(Snapshot.of(Map.of("gray.rule.1-a", "uid == 20 => T", "gray.route.T", "a:20"))
                .hash());
    }
}
