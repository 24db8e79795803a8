package io.grayrelease.data;

import java.util.concurrent.atomic.AtomicReference;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import com.zaxxer.hikari.HikariDataSource;

import io.grayrelease.policy.model.DataPhase;

import static io.grayrelease.data.StewardTest.awaitFact;
import static org.assertj.core.api.Assertions.assertThat;

/** Databases that nobody has prepared, by pools whose connections do not commit by themselves. */
class PoolWithoutAutoCommitTest {
    @ParameterizedTest
    @MethodSource("io.grayrelease.data.Pair#installed")
    void tables_thatAreCreated_stay(Pair pair) throws Exception {
        try (Database database = pair.database();
                HikariDataSource pool = database.sourceWithoutAutoCommit()) {
            GrayTables.create(pool);

            database.execute("DELETE FROM gray_state");
        }
    }

    @ParameterizedTest
    @MethodSource("io.grayrelease.data.Pair#installed")
    void release_fromFreshDatabases_goesForthAndBack(Pair pair) throws Exception {
        AtomicReference<DataPhase> wish = new AtomicReference<>(DataPhase.OLD_ONLY);
        try (TwoStores stores = pair.stores();
                HikariDataSource old = stores.old().sourceWithoutAutoCommit();
                HikariDataSource ofNew = stores.ofNew().sourceWithoutAutoCommit()) {
            stores.old().execute("DELETE FROM gray_state"); // as the tables are when they have just been created
            try (Migration<Long, Order> service = Migration.of("order-v2", old, ofNew, OrderMapper.NEW)
                    .phase(wish::get)
                    .start()) {
                service.write(tx -> tx.insert(Order.of(1, "Ann", "1")));
                wish.set(DataPhase.CAPTURE);
                awaitFact(stores, DataPhase.CAPTURE);
                CopyTest.awaitDone(service.copy(CopySettings.DEFAULTS));
                wish.set(DataPhase.NEW_PRIMARY);
                awaitFact(stores, DataPhase.GRAY_READ);
                CompareTest.awaitDone(service.compare(CompareSettings.DEFAULTS));
                awaitFact(stores, DataPhase.NEW_PRIMARY);
                service.write(tx -> tx.insert(Order.of(2, "Bob", "2")));
                assertThat(stores.inNew()).containsOnlyKeys(1L, 2L);

                wish.set(DataPhase.GRAY_READ);
                awaitFact(stores, DataPhase.GRAY_READ);
                assertThat(stores.inOld()).containsOnlyKeys(1L, 2L);
            }
        }
    }
}
