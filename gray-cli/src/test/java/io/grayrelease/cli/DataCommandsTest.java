package io.grayrelease.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import io.grayrelease.cli.data.Order;
import io.grayrelease.cli.data.Orders;
import io.grayrelease.cli.portal.PortalServer;
import io.grayrelease.policy.model.DataPhase;

import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Help.Ansi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** The commands of data, with services that run, real databases, and a server that has the paths of the portal's OpenAPI. */
@ResourceLock(Resources.SYSTEM_PROPERTIES)
class DataCommandsTest {
    private static final String TOKEN = "GRAYCTL_PORTAL_TOKEN";
    private static final String KEY = "gray.data.order-v2";

    private PortalServer portal;
    private Orders orders;

    @BeforeEach
    void start() throws Exception {
        portal = PortalServer.start();
        System.setProperty(TOKEN, PortalServer.TOKEN);
        portal.edit("gray.route.order-v2", "a.B:2.0.0")
                .edit(KEY, "OLD_ONLY; read=order-v2")
                .edit("gray.rule.1-one", "hash(uid) < 1% => order-v2")
                .release("first");
    }

    @AfterEach
    void stop() {
        System.clearProperty(TOKEN);
        portal.close();
        if (orders != null) {
            orders.close();
        }
    }

    /** What a service reads of Apollo. */
    private DataPhase released() {
        return DataPhase.valueOf(
                portal.latest().values().get(KEY).split(";", 2)[0].trim());
    }

    private Run data(String command, String... more) {
        return Run.of(args(command, more));
    }

    private String[] args(String command, String... more) {
        List<String> args = new ArrayList<>(List.of("data", command));
        args.addAll(Arrays.asList(more));
        args.addAll(Arrays.asList(orders.options()));
        return args.toArray(new String[0]);
    }

    private Run step(String command, String... more) {
        List<String> args = new ArrayList<>(List.of(place(), "order-v2", "--yes"));
        args.addAll(Arrays.asList(more));
        return data(command, args.toArray(new String[0]));
    }

    private String place() {
        return "portal:" + portal.url() + "/DEV/order-app/default/gray-policy";
    }

    private void serve() throws Exception {
        orders.service(this::released);
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(data("status").out()).containsPattern("OLD_ONLY +OLD_ONLY"));
    }

    @ParameterizedTest
    @MethodSource("io.grayrelease.cli.data.Orders$Makes#installed")
    void release_isLedToItsEndAndBack(Orders.Makes makes) throws Exception {
        orders = Orders.of(makes).add(1, 300);
        serve();

        Run capture = step("promote");
        assertThat(capture.out()).startsWith("arrived: order-v2 is in CAPTURE, its process knows, after ");
        assertThat(capture.exitCode()).isZero();
        assertThat(capture.err())
                .contains(
                        "before CAPTURE:",
                        "  open  the new table is empty, or ours",
                        "  open  every column is declared");
        assertThat(portal.latest().values()).containsEntry(KEY, "CAPTURE; read=order-v2");

        Run early = step("promote");
        assertThat(early.exitCode()).isEqualTo(ExitCode.NO);
        assertThat(early.err()).contains("before GRAY_READ:", "  shut  the copy is done");
        assertThat(early.out()).contains("not released: order-v2 is in CAPTURE, and the way to GRAY_READ is shut:");
        assertThat(released()).isEqualTo(DataPhase.CAPTURE);

        Run copy = data("copy", "order-v2", "--workers", "2", "--chunk-rows", "50");
        assertThat(copy.out()).startsWith("copied: 300 rows of order-v2");
        assertThat(copy.exitCode()).isZero();
        assertThat(step("promote").out()).contains("arrived: order-v2 is in GRAY_READ");

        compareAndRepair();

        Run primary = step("promote");
        assertThat(primary.out()).contains("arrived: order-v2 is in NEW_PRIMARY", "writes waited ");
        Run status = data("status", "order-v2");
        assertThat(status.out())
                .contains("order-v2: NEW_PRIMARY is fact, epoch 2; the new store takes writes", "clean", "last switch");
        assertThat(status.exitCode()).isZero();

        assertThat(step("rollback").out()).contains("arrived: order-v2 is in GRAY_READ");
        Run back = step("rollback", "--to", "OLD_ONLY");
        assertThat(back.out()).contains("arrived: order-v2 is in OLD_ONLY");
        assertNotCopiedIn(DataPhase.OLD_ONLY);
        assertThat(portal.latest().values())
                .containsEntry(KEY, "OLD_ONLY; read=order-v2")
                .containsEntry("gray.rule.1-one", "hash(uid) < 1% => order-v2");
    }

    /** However well the copy of before ended. */
    private void assertNotCopiedIn(DataPhase phase) {
        Run copy = data("copy", "order-v2");
        assertThat(copy.exitCode()).isEqualTo(ExitCode.NO);
        assertThat(copy.err())
                .contains("nothing is copied: phase: found " + phase + ", expected CAPTURE or GRAY_READ;"
                        + " the copy of before is done, ");
    }

    private void compareAndRepair() throws Exception {
        orders.inNew("UPDATE orders_v2 SET customer = 'Eve' WHERE id = 7");
        orders.inNew("DELETE FROM orders_v2 WHERE id = 8");

        Run dirty = data("compare", "order-v2");
        assertThat(dirty.exitCode()).isEqualTo(ExitCode.NO);
        assertThat(dirty.out())
                .contains("not clean: run 1, 300 rows compared, 2 differed, 0 are the same by now, 2 are left")
                .containsPattern("MISSING +1 +the store that is not primary lacks the row")
                .containsPattern("DIFF .*customer")
                .doesNotContain("Eve", "Ann");
        Run shut = step("promote");
        assertThat(shut.exitCode()).isEqualTo(ExitCode.NO);
        assertThat(shut.out()).contains("a comparison is clean: the last comparison is not clean");
        Run status = data("status");
        assertThat(status.exitCode()).isEqualTo(ExitCode.NO);
        assertThat(status.out()).contains("2 rows differ");

        Run repaired = data("compare", "order-v2", "--repair");
        assertThat(repaired.out()).contains("clean: run 2, 300 rows compared, 2 differed, 2 are the same by now");
        assertThat(repaired.exitCode()).isZero();
    }

    @Test
    void promote_whereAProcessIsBehind_namesItAndTellsHowToTakeItBack() throws Exception {
        orders = Orders.of(Orders.Makes.H2);
        orders.service(() -> DataPhase.OLD_ONLY);
        serve();
        await().until(() -> data("status", "-o", "json").out().split("\"alive\": true", -1).length == 3);

        Run run = step("promote", "--timeout", "3s");

        assertThat(run.exitCode()).isEqualTo(ExitCode.NO);
        assertThat(run.err()).contains("order-v2 is in OLD_ONLY, 1 of 2 processes wishes CAPTURE");
        assertThat(run.out())
                .contains("not arrived: order-v2 is in OLD_ONLY after ", ", wishes OLD_ONLY, knows OLD_ONLY of epoch 1")
                .contains("shut: all processes know the same: not all processes have the same wish")
                .contains("  grayctl data rollback " + place() + " order-v2 --to OLD_ONLY --old '" + orders.options()[1]
                        + "' --old-user sa --new '");
        assertThat(released()).isEqualTo(DataPhase.CAPTURE);
        assertThat(data("status").exitCode()).isEqualTo(ExitCode.NO);
        Run byHand = data("promote", "order-v2", "--no-publish", "--to", "CAPTURE", "--timeout", "1s");
        assertThat(byHand.out()).contains("The wish stays", "set gray.data.order-v2 to OLD_ONLY in Apollo");

        Run back = step("rollback", "--to", "OLD_ONLY");
        assertThat(back.out()).contains("arrived: order-v2 is in OLD_ONLY");
        assertThat(data("status").exitCode()).isZero();
    }

    @Test
    void promote_whereNobodyIsThere_releasesNothing() throws Exception {
        orders = Orders.of(Orders.Makes.H2);
        orders.service(() -> DataPhase.OLD_ONLY).close();

        Run run = step("promote");

        assertThat(run.exitCode()).isEqualTo(ExitCode.NO);
        assertThat(run.out()).contains("no process is there that would take the step");
        assertThat(portal.changes()).isEmpty();
    }

    @Test
    void promote_overAnUnreleasedChangeOfTheKey_isRefused() throws Exception {
        orders = Orders.of(Orders.Makes.H2);
        serve();
        portal.edit(KEY, "GRAY_READ; read=other");

        Run run = step("promote");

        assertThat(run.exitCode()).isEqualTo(ExitCode.NO);
        assertThat(run.err()).contains("somebody has written " + KEY + " = GRAY_READ; read=other in the edit area");
        assertThat(portal.changes()).isEmpty();
    }

    @Test
    void promote_withoutThePortal_waitsForTheFact() throws Exception {
        orders = Orders.of(Orders.Makes.H2);
        serve();
        Run late = data("promote", "order-v2", "--no-publish", "--to", "CAPTURE", "--timeout", "1s");
        assertThat(late.exitCode()).isEqualTo(ExitCode.NO);
        assertThat(late.out())
                .contains("No process wishes CAPTURE: it was not published, or none of them has seen it yet.")
                .doesNotContain("The wish stays", "take it back");

        StringWriter err = new StringWriter();
        CompletableFuture<Run> waiting = CompletableFuture.supplyAsync(
                () -> Run.watched(err, args("promote", "order-v2", "--no-publish", "--to", "CAPTURE", "-o", "json")));
        await().atMost(Duration.ofSeconds(30)).until(() -> err.toString().contains("0 of 1 process wish CAPTURE"));
        portal.edit(KEY, "CAPTURE; read=order-v2").release("by hand");

        Run run = waiting.get(60, TimeUnit.SECONDS);
        assertThat(run.json().get("outcome").getAsString()).isEqualTo("arrived");
        assertThat(run.json().get("published").getAsBoolean()).isFalse();
        assertThat(run.exitCode()).isZero();
        assertThat(portal.changes()).isEmpty();
    }

    @Test
    void promote_toThePhaseThatIsFact_isFine() throws Exception {
        orders = Orders.of(Orders.Makes.H2);
        serve();
        step("promote");
        int changes = portal.changes().size();

        Run waited = data("promote", "order-v2", "--no-publish", "--to", "CAPTURE", "--timeout", "5s");
        Run again = step("promote", "--to", "CAPTURE", "--timeout", "5s");

        assertThat(waited.out()).startsWith("arrived: order-v2 is in CAPTURE, its process knows");
        assertThat(waited.exitCode()).isZero();
        assertThat(again.out()).startsWith("arrived: order-v2 is in CAPTURE, its process knows");
        assertThat(again.exitCode()).isZero();
        assertThat(portal.changes()).hasSize(changes);
    }

    @Test
    void promote_toAPhaseThatIsNotTheNext_isRefused() throws Exception {
        orders = Orders.of(Orders.Makes.H2);
        serve();
        step("promote");

        Run nowhere = data("promote", "order-v2", "--no-publish");
        assertThat(nowhere.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(nowhere.err()).contains("Missing --to PHASE: with --no-publish");
        Run taken = data("rollback", "order-v2", "--no-publish");
        assertThat(taken.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(taken.err()).contains("Missing --to PHASE: with --no-publish");
        Run back = step("promote", "--to", "OLD_ONLY");
        assertThat(back.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(back.err()).contains("--to: found OLD_ONLY, which comes before CAPTURE");
        Run far = step("promote", "--to", "NEW_PRIMARY");
        assertThat(far.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(far.err()).contains("--to: found NEW_PRIMARY, expected GRAY_READ, the phase after CAPTURE");
        assertThat(released()).isEqualTo(DataPhase.CAPTURE);
        Run byHand = data("promote", "order-v2", "--no-publish", "--to", "NEW_PRIMARY");
        assertThat(byHand.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(byHand.err())
                .contains("--to: found NEW_PRIMARY, expected GRAY_READ, the phase after CAPTURE, or that itself");
    }

    @Test
    void promote_toNewOnly_takesMoreThanYes() throws Exception {
        orders = Orders.of(Orders.Makes.H2);
        serve();
        step("promote");
        data("copy", "order-v2");
        step("promote");
        data("compare", "order-v2");
        step("promote");
        data("compare", "order-v2");
        assertNotCopiedIn(DataPhase.NEW_PRIMARY);

        Run run = step("promote");
        assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(run.err()).contains("add --yes-no-way-back");
        assertThat(released()).isEqualTo(DataPhase.NEW_PRIMARY);

        assertThat(step("promote", "--yes-no-way-back").out()).contains("arrived: order-v2 is in NEW_ONLY");
        assertNotCopiedIn(DataPhase.NEW_ONLY);
        Run back = step("rollback");
        assertThat(back.exitCode()).isEqualTo(ExitCode.NO);
        assertThat(back.err()).contains("order-v2 is in NEW_ONLY, which has no way back");
        assertThat(step("promote").err()).contains("the last phase");

        portal.edit(KEY, "GRAY_READ; read=order-v2").release("an old policy");
        await().untilAsserted(() -> assertThat(data("status").out())
                .contains("next          none, this is the last phase", "there is no way back from NEW_ONLY: "));
        assertThat(data("status").exitCode()).isEqualTo(ExitCode.NO);
    }

    @Test
    void copyAndCompare_whereWritesAreNotCaptured_areRefused() throws Exception {
        orders = Orders.of(Orders.Makes.H2);
        serve();

        Run copy = data("copy", "order-v2");
        assertThat(copy.exitCode()).isEqualTo(ExitCode.NO);
        assertThat(copy.err()).contains("nothing is copied: phase: found OLD_ONLY, expected CAPTURE or GRAY_READ");
        Run compare = data("compare", "order-v2");
        assertThat(compare.exitCode()).isEqualTo(ExitCode.NO);
        assertThat(compare.err()).contains("nothing is compared: phase: found OLD_ONLY");
        assertThat(data("copy", "order-v2", "--workers", "0").exitCode()).isEqualTo(ExitCode.USAGE);
    }

    @Test
    void status_whereNoPolicyWasRead_doesNotCallItAWish() throws Exception {
        orders = Orders.of(Orders.Makes.H2);
        orders.service(() -> null);

        await().untilAsserted(() -> {
            Run run = data("status");
            assertThat(run.exitCode()).isEqualTo(ExitCode.NO);
            assertThat(run.out())
                    .contains("CAPTURE, nobody wishes it, as far as a policy was read; nothing is in its way")
                    .contains("1 of 1 process has read no policy yet, or none without errors");
        });
    }

    @Test
    void status_ofWishes_saysWhichWayTheyGo() throws Exception {
        orders = Orders.of(Orders.Makes.H2);
        AtomicReference<DataPhase> wish = new AtomicReference<>(DataPhase.CAPTURE);
        orders.service(wish::get);
        orders.service(() -> DataPhase.CAPTURE);
        await().until(() -> data("status").out().contains("CAPTURE is fact"));

        wish.set(DataPhase.NEW_PRIMARY);
        await().untilAsserted(() -> assertThat(data("status").out())
                .contains("GRAY_READ, 1 process wishes to go there or beyond; not taken now:")
                .contains("1 of 2 processes wishes to go on from CAPTURE"));
        wish.set(DataPhase.OLD_ONLY);
        await().untilAsserted(() -> assertThat(data("status").out())
                .contains("OLD_ONLY, 1 process wishes to go back there or further; not taken now:")
                .contains("1 of 2 processes wishes to go back from CAPTURE"));
    }

    @ParameterizedTest
    @MethodSource("io.grayrelease.cli.data.Orders$Makes#installed")
    void store_withoutOurTables_isToldWithWhatMakesThem(Orders.Makes makes) throws Exception {
        orders = Orders.of(makes);
        orders.service(() -> DataPhase.OLD_ONLY).close();
        String missing = "tables of gray-data are missing in the %s store; GrayTables.create makes them";

        orders.inNew("DROP TABLE gray_job");
        Run ofNew = data("status");
        assertThat(ofNew.exitCode()).isEqualTo(ExitCode.NO);
        assertThat(ofNew.out())
                .contains("wrong         " + missing.formatted("new"))
                .doesNotContain("does not answer");
        Run copy = data("copy", "order-v2");
        assertThat(copy.exitCode()).isEqualTo(ExitCode.UNREADABLE);
        assertThat(copy.err()).contains("cannot read the stores: " + missing.formatted("new"));

        orders.inOld("DROP TABLE gray_table");
        Run ofOld = data("status");
        assertThat(ofOld.exitCode()).isEqualTo(ExitCode.UNREADABLE);
        assertThat(ofOld.err())
                .contains("cannot read the stores: " + missing.formatted("old"))
                .doesNotContain("Position");
    }

    @Test
    void status_withDeadLetters_saysWhy() throws Exception {
        orders = Orders.of(Orders.Makes.H2);
        serve();
        step("promote");
        orders.inNew("ALTER TABLE orders_v2 ALTER COLUMN customer VARCHAR(3)");
        orders.service(this::released).write(tx -> tx.insert(new Order(1, "Annabel", "app")));

        await().untilAsserted(() -> {
            Run run = data("status", "order-v2");
            assertThat(run.exitCode()).isEqualTo(ExitCode.NO);
            assertThat(run.out()).contains("1 dead letter", "    key 1  SQLSTATE 22001  Value too long for column");
        });
        Run json = data("status", "-o", "json");
        assertThat(json.json()
                        .getAsJsonArray("migrations")
                        .get(0)
                        .getAsJsonObject()
                        .get("deadLetters")
                        .getAsInt())
                .isEqualTo(1);
    }

    @Test
    void status_watched_writesWhatChanges() throws Exception {
        orders = Orders.of(Orders.Makes.H2);
        serve();
        StringWriter out = new StringWriter();
        CommandLine line =
                GrayCtl.commandLine().setOut(new PrintWriter(out)).setColorScheme(Help.defaultColorScheme(Ansi.OFF));
        Thread watching = new Thread(() -> line.execute(args("status", "--watch", "--interval", "50ms")));
        watching.start();
        await().atMost(Duration.ofSeconds(30))
                .until(() -> out.toString().contains("order-v2 OLD_ONLY epoch 1, 1 process, "));

        step("promote");

        await().atMost(Duration.ofSeconds(30)).until(() -> out.toString().contains("order-v2 CAPTURE epoch 1"));
        watching.interrupt();
        watching.join(30_000);
        assertThat(watching.isAlive()).isFalse();
    }

    @Test
    void migration_thatIsNotKnown_isToldWithThoseThatAre() throws Exception {
        orders = Orders.of(Orders.Makes.H2);
        serve();

        Run run = data("status", "order-v3");

        assertThat(run.exitCode()).isEqualTo(ExitCode.UNREADABLE);
        assertThat(run.err()).contains("cannot read migration order-v3: found order-v2 in the old store");
    }

    @Test
    void stores_ofAFile_areThoseOfOptions(@TempDir Path folder) throws Exception {
        orders = Orders.of(Orders.Makes.H2);
        serve();
        String[] options = orders.options();
        Path file = Files.writeString(
                folder.resolve("stores.properties"),
                "old.url=" + options[1] + "\nold.user=sa\nnew.url=" + options[5] + "\nnew.user=sa\n");

        assertThat(Run.of("data", "status", "--stores", file.toString()).out()).contains("order-v2: OLD_ONLY is fact");

        Files.writeString(file, "old.ulr=x\n");
        Run wrong = Run.of("data", "status", "--stores", file.toString());
        assertThat(wrong.exitCode()).isEqualTo(ExitCode.UNREADABLE);
        assertThat(wrong.err()).contains("found old.ulr, expected [new.password");
    }

    @Test
    void store_thatIsAwayOrNone_isToldWithoutItsPassword() {
        System.setProperty("GRAYCTL_OLD_PASSWORD", "a-secret");
        try {
            Map<String, Integer> urls = Map.of(
                    "jdbc:postgresql://127.0.0.1:1/x?password=b-secret", ExitCode.UNREADABLE,
                    "jdbc:mariadb://127.0.0.1:1/x?password=b-secret", ExitCode.UNREADABLE,
                    "jdbc:oracle:thin:b-secret", ExitCode.USAGE,
                    "db1/x", ExitCode.USAGE);
            urls.forEach((url, exitCode) -> {
                Run run = Run.of("data", "status", "--old", url, "--new", "jdbc:mariadb://127.0.0.1:1/x");
                assertThat(run.exitCode()).as(url).isEqualTo(exitCode);
                assertThat(run.out() + run.err())
                        .contains("the old store")
                        .doesNotContain("a-secret")
                        .doesNotContain("b-secret");
            });
        } finally {
            System.clearProperty("GRAYCTL_OLD_PASSWORD");
        }
        Run none = Run.of("data", "status");
        assertThat(none.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(none.err()).contains("Missing the old store: --old jdbc:...");
    }
}
