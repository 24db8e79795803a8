package io.grayrelease.cli;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

import io.grayrelease.cli.data.Order;
import io.grayrelease.cli.data.Orders;
import io.grayrelease.data.Migration;
import io.grayrelease.policy.model.DataPhase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** What the commands of data tell somebody who is called at night. */
class DataTroublesTest {
    private static final String NOWHERE = "jdbc:postgresql://127.0.0.1:1/orders";

    private final AtomicReference<DataPhase> wish = new AtomicReference<>(DataPhase.OLD_ONLY);
    private Orders orders;
    private Migration<Long, Order> service;

    @AfterEach
    void stop() {
        if (orders != null) {
            orders.close();
        }
    }

    static boolean areInstalled() {
        return Orders.Makes.installed().size() > 1;
    }

    /** Leads a service with rows to a phase. */
    private void lead(Orders.Makes makes, DataPhase phase) throws Exception {
        orders = Orders.of(makes).add(1, 20);
        service = orders.service(wish::get);
        for (DataPhase step : DataPhase.values()) {
            if (step.compareTo(phase) > 0) {
                return;
            }
            if (step == DataPhase.NEW_PRIMARY) {
                assertThat(data("compare", "order-v2").exitCode()).isZero();
            }
            wish.set(step);
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> data("status").out().contains("order-v2: " + step + " is fact"));
            if (step == DataPhase.CAPTURE) {
                assertThat(data("copy", "order-v2").exitCode()).isZero();
            }
        }
    }

    private Run data(String... words) {
        return Run.of(args(orders.options(), words));
    }

    private static String[] args(String[] options, String... words) {
        List<String> args = new ArrayList<>(List.of("data"));
        args.addAll(Arrays.asList(words));
        args.addAll(Arrays.asList(options));
        return args.toArray(new String[0]);
    }

    /** The same with another place for a store, {@code --old} or {@code --new}. */
    private Run dataWith(String option, String value, String... words) {
        String[] options = orders.options();
        options[Arrays.asList(options).indexOf(option) + 1] = value;
        return Run.of(args(options, words));
    }

    @Test
    void status_thePrimaryIsAway_saysWhatTheOtherKnows() throws Exception {
        lead(Orders.Makes.H2, DataPhase.NEW_PRIMARY);

        Run run = dataWith("--new", NOWHERE, "status");

        assertThat(run.exitCode()).isEqualTo(ExitCode.NO);
        assertThat(run.out())
                .contains("order-v2: NEW_PRIMARY or later, epoch 2 or later; the old store takes no writes")
                .containsPattern("wrong +the new store does not answer: Connection to 127.0.0.1:1 refused.*; it is the"
                        + " primary, as far as the old store knows: writes fail, unless the services reach it")
                .containsPattern("NEW_PRIMARY +NEW_PRIMARY +2")
                .containsPattern("next +unknown")
                .containsPattern("backlog +unknown");
    }

    @Test
    void status_theOtherStoreIsAway_saysThatWritesGoOn() throws Exception {
        lead(Orders.Makes.H2, DataPhase.NEW_PRIMARY);

        Run run = dataWith("--old", NOWHERE, "status");

        assertThat(run.exitCode()).isEqualTo(ExitCode.NO);
        assertThat(run.out())
                .contains("order-v2: NEW_PRIMARY is fact, epoch 2; the new store takes writes")
                .containsPattern("copy +done, 20 rows")
                .containsPattern("compare +run 1 .*clean")
                .containsPattern("wrong +the old store does not answer: Connection to 127.0.0.1:1 refused.*; it is not"
                        + " the primary: writes go on in the new store, and events wait for it")
                .contains("which processes are there is not known")
                .doesNotContain("no process is there");
        assertThat(dataWith(
                                "--old",
                                NOWHERE,
                                "promote",
                                "order-v2",
                                "--no-publish",
                                "--to",
                                "NEW_ONLY",
                                "--timeout",
                                "1ms")
                        .exitCode())
                .isEqualTo(ExitCode.NO);
    }

    @Test
    void status_theOldStoreIsAwayAndPrimary_doesNotGuessThePhase() throws Exception {
        lead(Orders.Makes.H2, DataPhase.CAPTURE);

        Run run = dataWith("--old", NOWHERE, "status");

        assertThat(run.exitCode()).isEqualTo(ExitCode.NO);
        assertThat(run.out())
                .contains("order-v2: phase unknown")
                .contains("it is the primary, as far as the new store knows: writes fail")
                .containsPattern("copy +done, 20 rows");
        Run both = Run.of("data", "status", "--old", NOWHERE, "--new", NOWHERE);
        assertThat(both.exitCode()).isEqualTo(ExitCode.UNREADABLE);
        assertThat(both.err())
                .contains("the old store does not answer: Connection to")
                .contains("the new store does not answer: Connection to");
    }

    @Test
    void status_inGrayReadTheNewStoreIsAway_asksItOnce() throws Exception {
        lead(Orders.Makes.H2, DataPhase.GRAY_READ);

        long began = System.nanoTime();
        Run run = dataWith("--new", NOWHERE, "status");

        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(9));
        assertThat(run.exitCode()).isEqualTo(ExitCode.NO);
        assertThat(run.out())
                .contains("order-v2: GRAY_READ is fact, epoch 1; the old store takes writes")
                .contains("writes go on in the old store, and events wait for it")
                .contains("    not known: the new store does not answer\n")
                .doesNotContain("timed out after");
        assertThat(run.out().split("Connection to 127.0.0.1:1 refused", -1)).hasSize(2);
    }

    @Test
    @EnabledIf("areInstalled")
    void status_theDatabaseIsMisspelt_saysSo() throws Exception {
        lead(Orders.Makes.POSTGRESQL_TO_MARIADB, DataPhase.OLD_ONLY);
        String[] options = orders.options();

        Run run = dataWith("--new", options[5].replaceFirst("/orders[0-9]+", "/ordres"), "status");

        assertThat(run.exitCode()).isEqualTo(ExitCode.NO);
        assertThat(run.out())
                .containsPattern("the new store does not answer: .*Unknown database 'ordres'")
                .doesNotContain("timed out after");
    }

    @Test
    void status_theNewStoreHasNotOpenedAfterTheHandOver_saysSo() throws Exception {
        lead(Orders.Makes.H2, DataPhase.GRAY_READ);
        service.close();
        orders.inOld("UPDATE gray_state SET standing = 'CLOSED', epoch = 2, phase = 'NEW_PRIMARY'");
        orders.inOld("INSERT INTO gray_process (migration, process, wish, trouble, fact_epoch, fact_phase, seen_ms)"
                + " VALUES ('order-v2', 'one', 'NEW_PRIMARY', 'Connection refused', 2, 'NEW_PRIMARY', 99999999999999)");
        orders.inNew("CREATE USER looker PASSWORD ''");
        orders.inNew("GRANT SELECT ON SCHEMA public TO looker");

        String[] options = orders.options();
        options[5] = options[5].split(";", 2)[0]; // its settings are for administrators
        options[7] = "looker";

        Run run = Run.of(args(options, "status"));

        assertThat(run.exitCode()).isEqualTo(ExitCode.NO);
        assertThat(run.out())
                .contains(
                        "order-v2: NEW_PRIMARY is handed over, epoch 2; the new store has not opened yet, writes wait")
                .containsPattern("next +none until the switch is at its end")
                .containsPattern("wrong +the new store was handed NEW_PRIMARY and has not opened: writes wait; see the"
                        + " services' logs")
                .containsPattern("one +NEW_PRIMARY .*\n  one: Connection refused\n");
        Run step =
                Run.of(args(options, "promote", "order-v2", "--no-publish", "--to", "NEW_PRIMARY", "--timeout", "1s"));
        assertThat(step.exitCode()).isEqualTo(ExitCode.NO);
        assertThat(step.out())
                .contains("NEW_PRIMARY is handed over, and the new store has not opened: writes wait.")
                .contains("  tried: one: Connection refused")
                .doesNotContain("has not heard of it");
    }

    @Test
    void status_ofAPhaseWithAWayBack_saysHow() throws Exception {
        lead(Orders.Makes.H2, DataPhase.CAPTURE);

        String[] options = orders.options();
        assertThat(data("status").out())
                .contains("  back          OLD_ONLY; nothing is in its way\n"
                        + "    grayctl data rollback NAMESPACE order-v2 --to OLD_ONLY --old '" + options[1]
                        + "' --old-user sa --new '" + options[5] + "' --new-user sa\n");
        orders.inNew("UPDATE gray_job SET finished_ms = 0");
        assertThat(data("status").out())
                .containsPattern("the copy is not done: .*\n    -> grayctl data copy order-v2 --old '");
    }

    @Test
    @EnabledIf("areInstalled")
    void status_withRightsToOurTablesAlone_isRead() throws Exception {
        lead(Orders.Makes.POSTGRESQL_TO_MARIADB, DataPhase.CAPTURE);
        String role = "looker_" + System.nanoTime();
        orders.inOld("CREATE ROLE " + role + " LOGIN");
        orders.inNew("CREATE USER " + role);
        for (String table :
                List.of("chunk", "dead", "diff", "ext", "job", "meta", "outbox", "process", "state", "table")) {
            orders.inOld("GRANT SELECT ON gray_" + table + " TO " + role);
            orders.inNew("GRANT SELECT ON gray_" + table + " TO " + role);
        }
        String[] options = orders.options();
        String[] looker = {"--old", options[1], "--old-user", role, "--new", options[5], "--new-user", role};

        Run run = Run.of(args(looker, "status"));
        assertThat(run.err()).isEmpty();
        assertThat(run.out()).contains("order-v2: CAPTURE is fact").containsPattern("copy +done, 20 rows");
        assertThat(run.exitCode()).isZero();
        assertThat(Run.of(args(looker, "promote", "order-v2", "--no-publish", "--to", "CAPTURE"))
                        .exitCode())
                .isZero();

        wish.set(DataPhase.OLD_ONLY);
        await().until(() -> data("status").out().contains("OLD_ONLY is fact"));
        Run before = Run.of(args(looker, "status"));
        assertThat(before.out())
                .containsPattern(
                        "not known: the old store answers with an error: .*permission denied for table orders");
    }

    @Test
    @EnabledIf("areInstalled")
    void status_withDeadLetters_showsTheKeyAndNoValues() throws Exception {
        lead(Orders.Makes.POSTGRESQL_TO_MARIADB, DataPhase.CAPTURE);
        orders.inNew("DELETE FROM orders_v2");
        orders.inNew("ALTER TABLE orders_v2 ADD UNIQUE INDEX uq (customer)");
        service.write(tx -> tx.insert(new Order(101, "secret-name", "app")));
        service.write(tx -> tx.insert(new Order(102, "secret-name", "app")));
        await().untilAsserted(() -> assertThat(data("status").out())
                .contains("    key 102  SQLSTATE 23000  ")
                .contains("Duplicate entry ... for key 'uq'")
                .doesNotContain("INSERT", "secret-name"));
        orders.inNew("DROP INDEX uq ON orders_v2");
        for (int id = 1; id <= 20; id++) {
            orders.inNew("INSERT INTO orders_v2 VALUES (" + id + ", 'Ann', 'web')");
        }
        await().atMost(Duration.ofSeconds(60)).until(() -> data("status").exitCode() == ExitCode.FINE);
        wish.set(DataPhase.GRAY_READ);
        await().until(() -> data("status").out().contains("GRAY_READ is fact"));
        assertThat(data("compare", "order-v2").exitCode()).isZero();
        wish.set(DataPhase.NEW_PRIMARY);
        await().until(() -> data("status").out().contains("NEW_PRIMARY is fact"));

        orders.inOld("ALTER TABLE orders ALTER COLUMN customer TYPE VARCHAR(11)");
        service.write(tx -> tx.insert(new Order(103, "another-secret-name", "app")));

        await().untilAsserted(() -> assertThat(data("status").out())
                .contains("    key 103  SQLSTATE 22001  ERROR: value too long for type character varying(11)\n")
                .doesNotContain("INSERT", "secret-name", "getNextException"));
    }

    @Test
    void copy_withADeadLetter_saysSo() throws Exception {
        lead(Orders.Makes.H2, DataPhase.OLD_ONLY);
        orders.inOld("UPDATE orders SET customer = 'Maximiliane' WHERE id = 7");
        orders.inNew("ALTER TABLE orders_v2 ALTER COLUMN customer VARCHAR(3)");
        wish.set(DataPhase.CAPTURE);
        await().until(() -> data("status").out().contains("CAPTURE is fact"));

        Run run = data("copy", "order-v2");

        assertThat(run.out())
                .contains("copied: 20 rows of order-v2")
                .contains(
                        "wrong: 1 dead letter: a row that the new store refuses; grayctl data status order-v2 --old ");
        assertThat(run.exitCode()).isEqualTo(ExitCode.NO);
        assertThat(data("copy", "order-v2", "-o", "json")
                        .json()
                        .get("deadLetters")
                        .getAsInt())
                .isOne();
    }

    @Test
    void status_afterARollbackToOldOnly_callsTheCopyVoid() throws Exception {
        lead(Orders.Makes.H2, DataPhase.GRAY_READ);
        assertThat(data("compare", "order-v2").exitCode()).isZero();
        assertThat(data("status").out()).doesNotContain("void");
        wish.set(DataPhase.OLD_ONLY);
        await().until(() -> data("status").out().contains("OLD_ONLY is fact"));

        assertThat(data("status").out())
                .containsPattern(
                        "copy +void: CAPTURE begins with an empty new store; of the round before: done, 20 rows")
                .containsPattern("compare +void: CAPTURE begins with an empty new store; of the round before: run 1");
    }

    @Test
    void stores_thatAreOneDatabase_areRefused() throws Exception {
        lead(Orders.Makes.H2, DataPhase.OLD_ONLY);
        String url = orders.options()[1];

        for (String command : List.of("status", "copy", "compare")) {
            Run run = dataWith("--new", url, command, "order-v2");
            assertThat(run.exitCode()).as(command).isEqualTo(ExitCode.UNREADABLE);
            assertThat(run.err())
                    .as(command)
                    .contains("cannot read the stores: found one database, catalog and schema");
        }
    }

    @Test
    void columns_thatAreNotDeclared_areToldAsADeveloperWritesThem() throws Exception {
        lead(Orders.Makes.H2, DataPhase.OLD_ONLY);
        orders.inOld("ALTER TABLE orders ADD COLUMN note VARCHAR(10)");

        assertThat(data("status").out()).contains("declare them with shared(\"note\"), or with leaves(\"note\")");
    }

    @Test
    void columns_thatAreMissing_areToldWithTheirStore() throws Exception {
        lead(Orders.Makes.H2, DataPhase.OLD_ONLY);
        orders.inNew("ALTER TABLE orders_v2 DROP COLUMN channel");

        assertThat(data("status").out())
                .containsPattern("not known: the new store answers with an error: Column \"CHANNEL\" not found");
        assertThat(data("compare", "order-v2").err())
                .contains("cannot read the stores: the new store answers with an error: Column \"CHANNEL\" not found");
    }

    @Test
    void storesFile_thatIsMissing_isToldSo(@TempDir Path folder) {
        String file = folder.resolve("stores.properties").toString();

        Run run = Run.of("data", "status", "--stores", file);

        assertThat(run.exitCode()).isEqualTo(ExitCode.UNREADABLE);
        assertThat(run.err())
                .contains("cannot read " + file + ": found no such file")
                .doesNotContain("Exception");
    }
}
