package io.grayrelease.data;

import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import io.grayrelease.policy.model.DataPhase;

import static io.grayrelease.data.StewardTest.awaitFact;
import static io.grayrelease.data.TwoStores.awaitDrained;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

/** Users who have the rights of README's table, and who lack one. */
class RightsTest {
    /** H2 is for tests of a service, which have all rights. */
    static Stream<Pair> pairs() {
        return Pair.installed().filter(pair -> pair != Pair.H2);
    }

    private static LimitedUser ofOld(TwoStores stores) throws Exception {
        return new LimitedUser(stores.old(), LimitedUser.Of.OLD, "orders");
    }

    private static LimitedUser ofNew(TwoStores stores) throws Exception {
        return new LimitedUser(stores.ofNew(), LimitedUser.Of.NEW, "orders_v2");
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void release_withTheRightsOfReadme_goesForthAndBackAndToItsEnd(Pair pair) throws Exception {
        DataPhase[] wish = {DataPhase.NEW_PRIMARY};
        try (TwoStores stores = pair.stores();
                LimitedUser old = ofOld(stores);
                LimitedUser ofNew = ofNew(stores);
                LimitedUser toolOfOld = new LimitedUser(stores.old(), LimitedUser.Of.TOOL, "orders");
                LimitedUser toolOfNew = new LimitedUser(stores.ofNew(), LimitedUser.Of.TOOL, "orders_v2")) {
            stores.phase(DataPhase.OLD_ONLY);
            stores.old().execute("INSERT INTO orders VALUES (7, 'before', 7)");
            try (Migration<Long, Order> service = stores.service(OrderMapper.NEW, old.source(), ofNew.source())
                    .phase(() -> wish[0])
                    .withSteward()
                    .start()) {
                for (int round = 0; round < 2; round++) {
                    awaitFact(stores, DataPhase.CAPTURE);
                    CopyTest.awaitDone(service.copy(CopySettings.DEFAULTS));
                    awaitFact(stores, DataPhase.GRAY_READ);
                    everyWrite(service);
                    stores.ofNew().execute("DELETE FROM orders_v2 WHERE id = 7");
                    compare(service, CompareSettings.DEFAULTS.repair(true));
                    awaitDrained(service);
                    compare(service, CompareSettings.DEFAULTS);
                    awaitFact(stores, DataPhase.NEW_PRIMARY);
                    everyWrite(service);
                    awaitDrained(service);
                    stores.assertNothingDiffers();
                    MigrationLook tool = MigrationLook.of("order-v2", toolOfOld.source(), toolOfNew.source());
                    assertThat(tool.status().phase()).isEqualTo(DataPhase.NEW_PRIMARY);
                    assertThat(tool.gates(DataPhase.NEW_ONLY)).isNotEmpty();
                    wish[0] = round == 0 ? DataPhase.OLD_ONLY : DataPhase.NEW_ONLY;
                    if (round == 0) {
                        awaitFact(stores, DataPhase.OLD_ONLY);
                        wish[0] = DataPhase.NEW_PRIMARY;
                    }
                }
                compare(service, CompareSettings.DEFAULTS);
                awaitFact(stores, DataPhase.NEW_ONLY);
                service.write(tx -> tx.insert(Order.of(9, "end", "9")));
                assertThat(service.read(9L)).isPresent();
            }
        }
    }

    private static void everyWrite(Migration<Long, Order> service) throws SQLException {
        service.write(tx -> tx.insert(Order.of(1, "Ann", "1").by("app", 1)));
        service.write(tx -> tx.update(Order.of(1, "Ann", "2").by("app", 2)));
        service.write(tx -> tx.changed(7L));
        assertThat(service.read(1L)).isPresent();
        service.write(tx -> tx.delete(1L));
    }

    private static void compare(Migration<Long, Order> service, CompareSettings settings) throws Exception {
        assertThat(service.compare(settings).await(30, TimeUnit.SECONDS)).isTrue();
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void lacking_eachRightThatIsTakenAway_isNamed(Pair pair) throws Exception {
        try (TwoStores stores = pair.stores();
                LimitedUser old = ofOld(stores);
                LimitedUser ofNew = ofNew(stores)) {
            Rights inOld = Rights.ofOld(Store.old(old.source(), OrderMapper.TABLE));
            Rights inNew = Rights.ofNew(Store.ofNew(ofNew.source(), OrderMapper.TABLE));
            assertEachIsNamed(old, inOld, "the old store does not allow ");
            assertEachIsNamed(ofNew, inNew, "the new store does not allow ");
        }
    }

    private static void assertEachIsNamed(LimitedUser user, Rights rights, String start) throws SQLException {
        assertThat(user.rights()).hasSizeGreaterThan(26);
        for (LimitedUser.Right right : user.rights()) {
            user.revoke(right);
            assertThat(rights.lacking()).as(right.toString()).anySatisfy(lacking -> assertThat(lacking)
                    .startsWith(start + right.words()));
            user.grant(right);
            assertThat(rights.lacking()).as(right + " again").isEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void start_withoutARightToOurTables_saysSoAndWhere(Pair pair) throws Exception {
        try (TwoStores stores = pair.stores();
                LimitedUser old = ofOld(stores);
                LimitedUser ofNew = ofNew(stores);
                Said said = new Said(Migration.class)) {
            LimitedUser.Right right = new LimitedUser.Right("SELECT", "gray_chunk");
            ofNew.revoke(right);
            stores.service(OrderMapper.OLD, ofNew.source()).start().close();
            assertThat(said.containing("order-v2: the new store is away or not ready: found no right to SELECT"))
                    .isNotEmpty();

            old.revoke(right);
            assertThatThrownBy(() -> stores.service(OrderMapper.OLD, old.source(), ofNew.source())
                            .start())
                    .isInstanceOf(SQLException.class)
                    .hasMessageStartingWith("order-v2: the old store: found no right to SELECT");
            stores.old().execute("DROP TABLE gray_chunk");
            assertThatThrownBy(
                            () -> stores.service(OrderMapper.OLD, stores.ofNew().source())
                                    .start())
                    .hasMessageStartingWith("order-v2: the old store: found not all tables of gray-data");
        }
    }

    /** Another has taken it away since the gates were looked at; the same on the way back. */
    @ParameterizedTest
    @MethodSource("pairs")
    void switch_thatMayNotLiftTheOthersSequence_isGivenUpAndWritesGoOn(Pair pair) throws Exception {
        try (TwoStores stores = SwitchTest.grayRead(pair);
                LimitedUser old = ofOld(stores);
                LimitedUser ofNew = ofNew(stores);
                Migration<Long, Order> service = stores.service(OrderMapper.NEW, old.source(), ofNew.source())
                        .start()) {
            ofNew.revoke(ofNew.ofLift());
            assertThatThrownBy(() -> service.step(DataPhase.NEW_PRIMARY)).isInstanceOf(SQLException.class);
            assertThat(stores.fact()).hasToString("GRAY_READ, epoch 1, OPEN");
            service.write(tx -> tx.insert(Order.of(1, "Ann", "1")));
            ofNew.grant(ofNew.ofLift());
            service.step(DataPhase.NEW_PRIMARY);

            old.revoke(old.ofLift());
            assertThatThrownBy(() -> service.step(DataPhase.GRAY_READ)).isInstanceOf(SQLException.class);
            assertThat(stores.fact()).hasToString("NEW_PRIMARY, epoch 2, OPEN");
            service.write(tx -> tx.insert(Order.of(2, "Bob", "2")));
            old.grant(old.ofLift());
            awaitDrained(service);
            stores.assertNothingDiffers();
        }
    }

    /** Each wait for the new primary looks a hundred times a second. */
    @ParameterizedTest
    @MethodSource("pairs")
    void storeThatDoesNotOpen_isToldRarelyAndByName(Pair pair) throws Exception {
        LimitedUser.Right right = new LimitedUser.Right("UPDATE", "gray_state");
        try (Said said = new Said(Facts.class);
                TwoStores stores = SwitchTest.grayRead(pair);
                LimitedUser ofNew = ofNew(stores);
                Migration<Long, Order> service = stores.service(OrderMapper.NEW, ofNew.source())
                        .switchSteps(new Switch.Steps() {
                            @Override
                            public void handedOver() {
                                assertThatNoException().isThrownBy(() -> ofNew.revoke(right));
                            }
                        })
                        .switchLimit(Duration.ofSeconds(1))
                        .start()) {
            service.step(DataPhase.NEW_PRIMARY);
            assertThatThrownBy(() -> service.write(tx -> tx.insert(Order.of(1, "Ann", "1"))))
                    .isInstanceOf(SQLException.class);
            assertThat(said.containing("order-v2: the new store is to take writes and does not open"))
                    .singleElement()
                    .asString()
                    .contains("denied");

            ofNew.grant(right);
            service.write(tx -> tx.insert(Order.of(1, "Ann", "1")));
            assertThat(stores.inNew()).containsKey(1L);
        }
    }

    /** One of two processes lacks a right in the store that is not primary yet. */
    @ParameterizedTest
    @MethodSource("pairs")
    void capture_whileOneProcessLacksARight_isNotBegun(Pair pair) throws Exception {
        DataPhase[] wish = {DataPhase.OLD_ONLY};
        try (TwoStores stores = pair.stores();
                LimitedUser ofNew = ofNew(stores)) {
            stores.phase(DataPhase.OLD_ONLY);
            ofNew.revoke(ofNew.ofLift());
            try (Said said = new Said(Steward.class);
                    Migration<Long, Order> allowed = stores.service(OrderMapper.OLD)
                            .phase(() -> wish[0])
                            .withSteward()
                            .start();
                    Migration<Long, Order> limited = stores.service(OrderMapper.NEW, ofNew.source())
                            .phase(() -> wish[0])
                            .withSteward()
                            .start()) {
                MigrationTool tool = stores.tool();
                await().until(() -> tool.status().processes().size() == 2);
                await().until(() -> !said.containing("while this one lacks: the new store does not allow "
                                + ofNew.ofLift().words())
                        .isEmpty());
                wish[0] = DataPhase.CAPTURE;
                await().until(() -> tool.status().shut().toString().contains("a process lacks what the step needs"));
                await().until(() -> !said.containing(
                                "the new store does not allow " + ofNew.ofLift().words())
                        .isEmpty());
                assertThat(tool.status().processes()).anyMatch(process -> String.valueOf(process.trouble())
                        .contains(
                                "the new store does not allow " + ofNew.ofLift().words()));
                limited.write(tx -> tx.insert(Order.of(1, "Ann", "1")));
                assertThat(allowed.phase()).isEqualTo(DataPhase.OLD_ONLY);

                ofNew.grant(ofNew.ofLift());
                awaitFact(stores, DataPhase.CAPTURE);
            }
        }
    }
}
