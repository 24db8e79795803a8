package io.grayrelease.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;

import com.google.gson.JsonObject;

import io.grayrelease.cli.fleet.FleetServer;
import io.grayrelease.cli.portal.PortalServer;
import io.grayrelease.policy.model.Snapshot;

import picocli.CommandLine.Help.Ansi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** publish and rollback that wait for the processes in a real ZooKeeper. */
@ResourceLock(Resources.SYSTEM_PROPERTIES)
class ArrivalTest {
    private static final String TOKEN = "GRAYCTL_PORTAL_TOKEN";
    private static final String ROUTE = "a.B:2.0.0";
    private static final String OLD = hash("hash(uid) < 1% => T");
    private static final String NEW = hash("hash(uid) < 5% => T");
    private static final String EIGHT = "2026-11-24T08:00:00Z";
    private static final String NINE = "2026-11-24T09:00:00Z";

    @TempDir
    Path folder;

    private final ExecutorService processes = Executors.newSingleThreadExecutor();
    private final List<Future<String>> reactions = new ArrayList<>();
    private PortalServer portal;
    private FleetServer fleet;

    private static String hash(String rule) {
        return Snapshot.of(Map.of("gray.route.T", ROUTE, "gray.rule.1-one", rule))
                .hash();
    }

    @BeforeEach
    void start() throws Exception {
        portal = PortalServer.start();
        System.setProperty(TOKEN, PortalServer.TOKEN);
        portal.edit("gray.route.T", ROUTE)
                .edit("gray.rule.1-one", "hash(uid) < 1% => T")
                .release("first");
        fleet = FleetServer.start();
        fleet.accepts("10.0.0.1:20880", OLD, EIGHT)
                .accepts("10.0.0.2:20880", OLD, EIGHT)
                .provides("a.B", "order-app", "1.0.0", "10.0.0.1:20880");
    }

    @AfterEach
    void stop() throws Exception {
        for (Future<String> reaction : reactions) {
            assertThat(reaction.get(30, TimeUnit.SECONDS)).isNotEmpty();
        }
        processes.shutdownNow();
        System.clearProperty(TOKEN);
        portal.close();
        fleet.close();
    }

    private Run publish(String... more) throws IOException {
        return publish(Ansi.OFF, more);
    }

    private Run publish(Ansi ansi, String... more) throws IOException {
        Path policy = Files.writeString(
                folder.resolve("next.properties"),
                "gray.route.T = " + ROUTE + "\ngray.rule.1-one = hash(uid) < 5% => T\n");
        return run(ansi, "publish", and(more, policy.toString()));
    }

    private Run run(Ansi ansi, String command, String... more) {
        List<String> args = new ArrayList<>(List.of(
                command,
                "portal:" + portal.url() + "/DEV/order-app/default/gray-policy",
                "--yes",
                "--zookeeper",
                fleet.address()));
        args.addAll(Arrays.asList(more));
        return Run.with(ansi, args.toArray(new String[0]));
    }

    private static String[] and(String[] first, String last) {
        String[] all = Arrays.copyOf(first, first.length + 1);
        all[first.length] = last;
        return all;
    }

    /** What processes do after a release. */
    private void onceReleased(String hash, Reaction reaction) {
        reactions.add(processes.submit(() -> {
            await().until(() -> Snapshot.of(portal.latest().values()).hash().equals(hash));
            reaction.run();
            return hash;
        }));
    }

    private interface Reaction {
        void run() throws Exception;
    }

    @Test
    void publish_waits_andSaysHowLong() throws Exception {
        onceReleased(NEW, () -> fleet.accepts("10.0.0.1:20880", NEW, NINE).accepts("10.0.0.2:20880", NEW, NINE));

        Run run = publish();

        assertThat(run.exitCode()).isZero();
        assertThat(run.out())
                .startsWith("released: policy " + NEW)
                .containsPattern("arrived: 2 of 2 processes run on policy " + NEW + ", after [0-9]+\\.[0-9] s\\R");
        assertThat(run.err()).contains("was hash(uid) < 1% => T").doesNotContain("\r");
    }

    @Test
    void publish_thatAProcessRejects_saysWhy_andWaitsNoLonger() throws Exception {
        onceReleased(NEW, () -> fleet.accepts("10.0.0.1:20880", NEW, NINE)
                .rejects("10.0.0.2:20880", OLD, EIGHT, NEW, "gray.rule.1-one: found \"hash\", expected a value"));

        Run run = publish("--timeout", "10m");

        assertThat(run.exitCode()).isEqualTo(ExitCode.NO);
        assertThat(run.out())
                .contains(
                        "not arrived: 1 of 2 processes run on policy " + NEW,
                        "  rejected by order-app at 10.0.0.2:20880",
                        "    gray.rule.1-one: found \"hash\", expected a value");
    }

    @Test
    void publish_thatDoesNotArriveInTime_namesWhoLags() throws Exception {
        onceReleased(NEW, () -> fleet.accepts("10.0.0.1:20880", NEW, NINE));

        Run run = publish("--timeout", "3s");

        assertThat(run.exitCode()).isEqualTo(ExitCode.NO);
        assertThat(run.out())
                .contains(
                        "released: policy " + NEW,
                        "not arrived: 1 of 2 processes run on policy " + NEW + ", after 3.",
                        "  behind: order-app at 10.0.0.2:20880, on " + OLD + ", from apollo gray-policy");
    }

    @Test
    void json_saysTheSame() throws Exception {
        onceReleased(NEW, () -> fleet.accepts("10.0.0.1:20880", NEW, NINE));

        JsonObject json = publish("--timeout", "2s", "-o", "json").json();

        assertThat(json.get("outcome").getAsString()).isEqualTo("released");
        JsonObject arrival = json.getAsJsonObject("fleet");
        assertThat(arrival.get("complete").getAsBoolean()).isFalse();
        assertThat(arrival.get("processes").getAsInt()).isEqualTo(2);
        assertThat(arrival.get("arrived").getAsInt()).isEqualTo(1);
        assertThat(arrival.getAsJsonArray("behind")
                        .get(0)
                        .getAsJsonObject()
                        .get("address")
                        .getAsString())
                .isEqualTo("10.0.0.2:20880");
    }

    @Test
    void policy_thatIsReleasedAlready_isWaitedForToo() throws Exception {
        onceReleased(NEW, () -> fleet.accepts("10.0.0.1:20880", NEW, NINE).accepts("10.0.0.2:20880", NEW, NINE));
        publish();

        Run again = publish();

        assertThat(again.exitCode()).isZero();
        assertThat(again.out()).startsWith("nothing to do").contains("arrived: 2 of 2 processes");
    }

    @Test
    void terminal_getsABar() throws Exception {
        onceReleased(NEW, () -> fleet.accepts("10.0.0.1:20880", NEW, NINE).accepts("10.0.0.2:20880", NEW, NINE));

        Run run = publish(Ansi.ON);

        assertThat(run.exitCode()).isZero();
        assertThat(run.err()).contains("\rprocesses").containsPattern("100%.*2/2");
        assertThat(run.out()).doesNotContain("2/2");
    }

    @Test
    void process_thatIsSwitchedOff_orEnds_isNotWaitedFor() throws Exception {
        onceReleased(
                NEW, () -> fleet.ends("10.0.0.2:20880").isOff("10.0.0.3:20880").accepts("10.0.0.1:20880", NEW, NINE));

        assertThat(publish().out()).contains("arrived: 1 of 1 processes");
    }

    @Test
    void fleet_ofNobody_isNoArrival() throws Exception {
        fleet.ends("10.0.0.1:20880").ends("10.0.0.2:20880");

        Run run = publish("--timeout", "500ms");

        assertThat(run.exitCode()).isEqualTo(ExitCode.NO);
        assertThat(run.out()).contains("not arrived: no process tells its policy here");
    }

    @Test
    void zooKeeper_thatIsAway_keepsThePolicyFromBeingReleased() throws Exception {
        fleet.away();

        Run publish = publish();
        Run rollback = run(Ansi.OFF, "rollback");

        assertThat(publish.exitCode()).isEqualTo(ExitCode.UNREADABLE);
        assertThat(publish.err()).contains("cannot read ZooKeeper at " + fleet.address());
        assertThat(rollback.exitCode()).isEqualTo(ExitCode.UNREADABLE);
        assertThat(portal.changes()).isEmpty();
    }

    @Test
    void zooKeeper_thatGoesMeanwhile_isWaitedFor() throws Exception {
        onceReleased(NEW, () -> {
            fleet.away();
            fleet.back();
            fleet.accepts("10.0.0.1:20880", NEW, NINE).accepts("10.0.0.2:20880", NEW, NINE);
        });

        Run run = publish();

        assertThat(run.exitCode()).isZero();
    }

    @Test
    void versions_thatNobodyHas_areShownBeforeTheQuestion() throws Exception {
        Path policy = Files.writeString(folder.resolve("next.properties"), "gray.route.T = a.B:3.0.0\n");

        Run run = run(Ansi.OFF, "publish", "--timeout", "100ms", policy.toString());

        assertThat(run.err()).contains("no provider alive of a.B:3.0.0, which route T names from now on");
    }

    @Test
    void node_thatIsNoProcess_isNoArrival_andNotWaitedFor() throws Exception {
        fleet.node("/gray/instances/junk", "x");
        onceReleased(NEW, () -> fleet.accepts("10.0.0.1:20880", NEW, NINE).accepts("10.0.0.2:20880", NEW, NINE));

        Run run = publish("--timeout", "10m");

        assertThat(run.exitCode()).isEqualTo(ExitCode.NO);
        assertThat(run.out())
                .contains(
                        "not arrived: 2 of 2 processes",
                        "  cannot be read: /gray/instances/junk: application is missing");
    }

    @Test
    void rollback_waits() throws Exception {
        onceReleased(NEW, () -> fleet.accepts("10.0.0.1:20880", NEW, NINE).accepts("10.0.0.2:20880", NEW, NINE));
        publish();
        onceReleased(OLD, () -> fleet.accepts("10.0.0.1:20880", OLD, "2026-11-24T10:00:00Z"));

        Run late = run(Ansi.OFF, "rollback", "--timeout", "3s");

        assertThat(late.exitCode()).isEqualTo(ExitCode.NO);
        assertThat(late.out())
                .startsWith("rolled back: policy " + OLD + " is released again")
                .contains(
                        "not arrived: 1 of 2 processes run on policy " + OLD,
                        "behind: order-app at 10.0.0.2:20880, on " + NEW);
    }
}
