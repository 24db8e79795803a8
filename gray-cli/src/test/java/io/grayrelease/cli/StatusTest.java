package io.grayrelease.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import com.google.gson.JsonObject;

import io.grayrelease.cli.fleet.FleetServer;

import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Help.Ansi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** status against a real ZooKeeper. */
class StatusTest {
    private static final String OLD = "cffe0e4453c7";
    private static final String NEW = "25f5b3f18ec8";
    private static final String EIGHT = "2026-11-24T08:00:00Z";
    private static final String NINE = "2026-11-24T09:00:00.250Z";

    private FleetServer fleet;

    @BeforeEach
    void start() throws Exception {
        fleet = FleetServer.start();
    }

    @AfterEach
    void stop() throws Exception {
        fleet.close();
    }

    private Run status(String... more) {
        String[] args = new String[more.length + 3];
        System.arraycopy(new String[] {"status", "--zookeeper", fleet.address()}, 0, args, 0, 3);
        System.arraycopy(more, 0, args, 3, more.length);
        return Run.of(args);
    }

    private void release() throws Exception {
        fleet.accepts("10.0.0.1:20880", NEW, NINE)
                .accepts("10.0.0.2:20880", NEW, "2026-11-24T09:00:01Z")
                .accepts("10.0.0.3:20880", OLD, EIGHT)
                .rejects("10.0.0.4:20880", OLD, EIGHT, NEW, "gray.rule.010-a: found \"testrs\", expected a list")
                .hasNone("10.0.0.5:20880")
                .executes("edge-1", NEW, NINE, null)
                .executes("edge-2", OLD, EIGHT, "nginx -t: unexpected \"}\"")
                .provides("com.acme.OrderService", "order-app", "1.0.0", "10.0.0.3:20880")
                .provides("com.acme.OrderService", "order-app", "2.0.0", "10.0.0.1:20880")
                .provides("com.acme.OrderService", "order-app", "2.0.0", "10.0.0.2:20880")
                .provides("com.acme.StockService", "stock-app", "2.0.0", "10.0.0.2:20880")
                .node("/dubbo/com.acme.StockService/providers/junk", "");
    }

    @Test
    void release_thatIsUnderWay_isShown() throws Exception {
        release();

        Run run = status();

        assertThat(run.exitCode()).isEqualTo(ExitCode.NO);
        assertThat(run.err()).isEmpty();
        Golden.assertSame("status", run.out());
    }

    @Test
    void json_saysTheSame() throws Exception {
        release();

        Run run = status("-o", "json");

        assertThat(run.exitCode()).isEqualTo(ExitCode.NO);
        Golden.assertSame("status-json", run.out());
    }

    @Test
    void fleet_onOnePolicy_isFine() throws Exception {
        fleet.accepts("10.0.0.1:20880", NEW, EIGHT)
                .accepts("10.0.0.2:20880", NEW, NINE)
                .hasNone("10.0.0.3:20880");

        Run run = status();

        assertThat(run.exitCode()).isZero();
        assertThat(run.out())
                .contains("policy " + NEW + ": 2 processes, the newest", "no policy: 1 process")
                .doesNotContain("behind,")
                .doesNotContain("rejected");
    }

    @Test
    void executor_countsAsAProcess() throws Exception {
        fleet.accepts("10.0.0.1:20880", NEW, EIGHT).executes("edge-1", NEW, NINE, null);

        Run run = status();

        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).contains("policy " + NEW + ": 2 processes, the newest");
    }

    @Test
    void executor_withAnError_isNotFine_evenIfAllRunOnOne() throws Exception {
        fleet.accepts("10.0.0.1:20880", NEW, EIGHT).executes("edge-1", NEW, NINE, "nobody answers on revision.sock");

        Run run = status();

        assertThat(run.exitCode()).isEqualTo(ExitCode.NO);
        assertThat(run.out()).contains("nobody answers on revision.sock");
        assertThat(status("-o", "json").json().get("settled").getAsBoolean()).isFalse();
    }

    @Test
    void fleet_afterARollback_hasTheOldPolicyAsTheNewest() throws Exception {
        fleet.accepts("10.0.0.1:20880", OLD, EIGHT) // it never had the other
                .accepts("10.0.0.2:20880", OLD, "2026-11-24T10:00:00Z")
                .accepts("10.0.0.3:20880", NEW, NINE);

        JsonObject json = status("-o", "json").json();

        assertThat(json.getAsJsonArray("policies")
                        .get(0)
                        .getAsJsonObject()
                        .get("policy")
                        .getAsString())
                .isEqualTo(OLD);
        assertThat(json.getAsJsonArray("instances")
                        .get(2)
                        .getAsJsonObject()
                        .get("behindSince")
                        .getAsString())
                .isEqualTo("2026-11-24T10:00:00Z");
    }

    @Test
    void fleet_thatRejectedAPolicy_isNotFine_evenIfAllRunOnOne() throws Exception {
        fleet.rejects("10.0.0.1:20880", OLD, EIGHT, NEW, "gray.route.T: no target");

        Run run = status();

        assertThat(run.exitCode()).isEqualTo(ExitCode.NO);
        assertThat(run.out())
                .contains("rejected: order-app at 10.0.0.1:20880 refused policy " + NEW, "  gray.route.T: no target");
    }

    @Test
    void zooKeeper_withoutProcesses_isNotFine() {
        Run run = status();

        assertThat(run.exitCode()).isEqualTo(ExitCode.NO);
        assertThat(run.out()).contains("no process tells its policy here", "no provider is registered");
    }

    @Test
    void node_thatIsNoProcess_isNamed() throws Exception {
        fleet.accepts("10.0.0.1:20880", NEW, EIGHT).node("/gray/instances/junk", "x");

        Run run = status();

        assertThat(run.exitCode()).isEqualTo(ExitCode.NO);
        assertThat(run.out()).contains("cannot be read: /gray/instances/junk: application is missing");
    }

    @Test
    void values_thatWouldBreakALine_doNot() throws Exception {
        fleet.accepts("10.0.0.1\n\u001b[2J", "a\r\nb", EIGHT);

        assertThat(status().out()).contains("10.0.0.1??[2J", "policy a??b").doesNotContain("\u001b");
    }

    @Test
    void zooKeeper_thatIsAway_cannotBeRead_withinSeconds() throws Exception {
        fleet.away();
        long start = System.nanoTime();

        Run run = status();

        assertThat(run.exitCode()).isEqualTo(ExitCode.UNREADABLE);
        assertThat(run.err())
                .startsWith("grayctl: cannot read ZooKeeper at " + fleet.address() + ": no connection within 5 s");
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(15));
    }

    @ParameterizedTest
    @ValueSource(strings = {"zk1", "zk1:", ":2181", "zk1:2181,", "http://zk1:2181", "zk1:2181/", "zk1:2181 zk2:2181"})
    void zooKeeper_thatIsNone_isWrongUsage(String place) {
        Run run = Run.of("status", "--zookeeper", place);

        assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(run.err()).contains("expected HOST:PORT[,HOST:PORT...][/PATH]");
    }

    @Test
    void path_below_isLookedAt() {
        assertThat(Run.of("status", "--zookeeper", fleet.address() + "/elsewhere")
                        .out())
                .contains("no process tells its policy here");
    }

    @Test
    void watch_writesWhatChanges_aLineEach() throws Exception {
        fleet.accepts("10.0.0.1:20880", OLD, EIGHT);
        try (Watching watching = new Watching(fleet, Ansi.OFF)) {
            watching.await("policy " + OLD + ": 1 process, 0 providers");
            fleet.accepts("10.0.0.1:20880", NEW, NINE);
            watching.await("policy " + NEW + ": 1 process, 0 providers");
            fleet.ends("10.0.0.1:20880");
            watching.await("no policy: 0 processes, 0 providers");
            assertThat(watching.out().lines()).hasSize(3).allMatch(line -> line.matches("2[-0-9]+T[0-9:]+Z  .*"));
            assertThat(watching.end()).isEqualTo(ExitCode.NO);
        }
    }

    @Test
    void watch_drawsAnewOnATerminal() throws Exception {
        fleet.accepts("10.0.0.1:20880", OLD, EIGHT);
        try (Watching watching = new Watching(fleet, Ansi.ON)) {
            watching.await("\u001b[2J");
            watching.await(OLD);
            fleet.accepts("10.0.0.1:20880", NEW, NINE);
            watching.await(NEW);
            assertThat(watching.end()).isZero();
        }
    }

    @Test
    void watch_outlivesZooKeeper() throws Exception {
        fleet.accepts("10.0.0.1:20880", OLD, EIGHT);
        try (Watching watching = new Watching(fleet, Ansi.OFF)) {
            watching.await(OLD);
            fleet.away();
            await().atMost(Duration.ofSeconds(30)).until(() -> watching.err().contains("what is shown is from before"));
            fleet.back();
            fleet.accepts("10.0.0.1:20880", NEW, NINE);
            watching.await(NEW);
        }
    }

    /** status --watch in a thread of its own. */
    private static final class Watching implements AutoCloseable {
        private final StringWriter out = new StringWriter();
        private final StringWriter err = new StringWriter();
        private final ExecutorService thread = Executors.newSingleThreadExecutor();
        private final Future<Integer> exitCode;
        private Thread runner;

        Watching(FleetServer fleet, Ansi ansi) {
            CommandLine line = GrayCtl.commandLine()
                    .setOut(new PrintWriter(out))
                    .setErr(new PrintWriter(err))
                    .setColorScheme(Help.defaultColorScheme(ansi));
            Callable<Integer> run = () -> {
                runner = Thread.currentThread();
                return line.execute("status", "--zookeeper", fleet.address(), "--watch", "--interval", "50ms");
            };
            exitCode = thread.submit(run);
        }

        void await(String text) {
            org.awaitility.Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> out().contains(text));
        }

        String out() {
            return out.toString();
        }

        String err() {
            return err.toString();
        }

        int end() throws Exception {
            runner.interrupt();
            return exitCode.get();
        }

        @Override
        public void close() {
            thread.shutdownNow();
        }
    }
}
