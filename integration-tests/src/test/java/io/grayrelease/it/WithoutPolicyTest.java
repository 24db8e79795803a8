package io.grayrelease.it;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

import org.apache.curator.test.TestingServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

/** Services that have the jars and no policy, or have them switched off, or set wrongly. */
class WithoutPolicyTest {
    private static final List<String> EVERYTHING = List.of(
            "order 1.0.0 > stock 1.0.0", "order 1.0.0 > stock 2.0.0",
            "order 2.0.0 > stock 1.0.0", "order 2.0.0 > stock 2.0.0");

    @TempDir
    Path folder;

    private TestingServer zooKeeper;
    private Chain chain;
    private Logs logs;

    @BeforeEach
    void start() throws Exception {
        zooKeeper = new TestingServer(true);
        chain = new Chain(zooKeeper.getConnectString(), folder, "instance", "dubbo");
        logs = new Logs();
    }

    @AfterEach
    void stop() throws Exception {
        logs.close();
        chain.close();
        zooKeeper.close();
    }

    private void startAll(Consumer<App> change) {
        chain.stock("stock-app", "1.0.0", change).stock("stock-app", "2.0.0", change);
        chain.order("1.0.0", change).order("2.0.0", change).consumer(change);
        chain.awaitPaths(EVERYTHING::equals);
    }

    @Test
    void disabled_isAsWithoutTheJars_andSaidOncePerApplication() {
        chain.write("rule.1-a", "true => T", "route.T", "*:2.0.0");
        startAll(app -> app.set("dubbo.gray.enabled", "false"));

        List<String> hops = chain.call("once", "uid", "7");
        assertThat(Hop.values(hops, "tag")).containsExactly("null");
        assertThat(Hop.values(hops, "mdc")).containsExactly("null");
        assertThat(chain.paths(30, "uid", "7")).isEqualTo(EVERYTHING);
        assertThat(logs.with("gray: off (dubbo.gray.enabled=false)")).hasSize(5);
        assertThat(logs.with("active")).isEmpty();
    }

    @Test
    void noPolicy_routesAndCarriesNothing_untilThereIsOne() {
        startAll(app -> {});

        List<String> hops = chain.call("once", "uid", "7");
        assertThat(Hop.values(hops, "tag")).containsExactly("null");
        assertThat(Hop.values(hops, "uid")).containsExactly("null");
        assertThat(logs.with("filter and router active, policy none")).hasSize(5);
        assertThat(logs.with("version of this service 2.0.0")).hasSize(2);

        chain.policy("rule.1-a", "uid == 7 => T", "route.T", "*:2.0.0");
        assertThat(chain.paths(8, "uid", "7")).containsExactly("order 2.0.0 > stock 2.0.0");
    }

    @Test
    void apolloNotConfigured_isSaidOnceAndDelaysNothing() {
        startAll(app -> app.set("dubbo.gray.source", "apollo"));

        assertThat(chain.paths(30)).isEqualTo(EVERYTHING);
        assertThat(logs.with("Apollo: it is not configured")).hasSize(5);
        assertThat(logs.with("gray: filter and router active, but no policy source is configured"))
                .hasSize(5);
    }

    @Test
    void consumerWithoutPolicy_leavesTheDecisionToTheFirstProviderThatHasOne() {
        chain.write("rule.1-a", "uid == 7 => T", "route.T", Chain.STOCK + ":2.0.0");
        chain.stock("1.0.0").stock("2.0.0").order("1.0.0");
        chain.consumer(app -> app.set("dubbo.gray.enabled", "false"));
        chain.awaitPaths(List.of("order 1.0.0 > stock 1.0.0")::equals);

        assertThat(chain.paths(8, "uid", "7")).containsExactly("order 1.0.0 > stock 2.0.0");
        assertThat(Hop.values(chain.call("thrice", "uid", "7"), "tag")).containsExactly("T");
        assertThat(Hop.values(chain.call("once", "uid", "9"), "mdc")).containsExactly("-");
    }

    @Test
    void brokenPolicy_changesNothing_andNamesEveryProblem_alsoAfterARestart() {
        chain.stock("1.0.0").stock("2.0.0").order("1.0.0").consumer();
        chain.policy("rule.1-a", "uid == 7 => T", "route.T", Chain.STOCK + ":2.0.0");

        chain.write("rule.1-a", "uid = 7 => T", "rule.2-b", "true => U", "route.T", Chain.STOCK + ":2.0.0");
        await().until(() -> logs.with("rejected").size() == 4);
        assertThat(logs.with("rejected").get(0))
                .contains("gray.rule.1-a, column 5", "did you mean \"==\"?", "gray.rule.2-b, column 9", "gray.route.U");
        assertThat(chain.paths(8, "uid", "7")).containsExactly("order 1.0.0 > stock 2.0.0");

        chain.stop("order 1.0.0");
        chain.order("1.0.0");
        assertThat(logs.with("is back from disk")).hasSize(1);
        chain.awaitPaths(List.of("order 1.0.0 > stock 2.0.0")::equals, "uid", "7");
        assertThat(chain.paths(8)).containsExactly("order 1.0.0 > stock 1.0.0");
    }

    @Test
    void wrongSetting_stopsTheStartAndNamesIt() {
        assertThatThrownBy(() -> chain.stock("stock-app", "1.0.0", app -> app.set("dubbo.gray.source", "zookeeper")))
                .hasStackTraceContaining("dubbo.gray.source=zookeeper: expected apollo or file:<path>");
    }

    @Test
    void unwritableCacheFolder_isNoReasonNotToWork() throws Exception {
        Path file = Files.createFile(folder.resolve("not-a-folder"));
        chain.write("rule.1-a", "uid == 7 => T", "route.T", Chain.STOCK + ":2.0.0");
        chain.stock("1.0.0").stock("2.0.0");
        chain.order("1.0.0", app -> app.set("dubbo.gray.cache-dir", file.toString()))
                .consumer();

        chain.awaitPaths(List.of("order 1.0.0 > stock 2.0.0")::equals, "uid", "7");
        assertThat(logs.with("not kept on disk")).hasSize(1);
    }
}
