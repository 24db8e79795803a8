package io.grayrelease.data;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import io.grayrelease.policy.model.DataPhase;

import static io.grayrelease.data.TwoStores.awaitDrained;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class CopyTest {
    private static final String PAIRS = "io.grayrelease.data.Pair#installed";
    private static final CopySettings SMALL = CopySettings.DEFAULTS.chunkRows(10);

    /** Steps of a test: something happens once, between two steps of the first chunk. */
    interface Once {
        void happen() throws Exception;
    }

    static Copier.Steps afterRead(Once once) {
        return new Copier.Steps() {
            private boolean happened;

            @Override
            public void chunkRead() {
                if (!happened) {
                    happened = true;
                    CopyTest.happen(once);
                }
            }
        };
    }

    private static Copier.Steps afterWrite(Once once) {
        return new Copier.Steps() {
            private boolean happened;

            @Override
            public void chunkWritten() {
                if (!happened) {
                    happened = true;
                    CopyTest.happen(once);
                }
            }
        };
    }

    private static void happen(Once once) {
        try {
            once.happen();
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    @ParameterizedTest
    @MethodSource(PAIRS)
    void copy_rowsOfBefore_areCopiedWithDefaults(Pair pair) throws Exception {
        try (TwoStores stores = filled(pair, 95);
                Migration<Long, Order> service = stores.service(OrderMapper.OLD).start()) {
            Copy copy = service.copy(SMALL);
            awaitDone(copy);

            stores.assertNothingDiffers();
            assertThat(stores.inNew().get(5L)).isEqualTo(Order.of(5, "c5", "5.00"));
            assertThat(copy.progress().rowsRead()).isEqualTo(95);
            assertThat(copy.progress().rowsWritten()).isEqualTo(95);
            assertThat(copy.progress().rowsPerSecond()).isPositive();
        }
    }

    @ParameterizedTest
    @MethodSource(PAIRS)
    void copy_textsThatStatementsAreMadeOf_areAsTheyWere(Pair pair) throws Exception {
        try (TwoStores stores = filled(pair, 0);
                Migration<Long, Order> service = stores.service(OrderMapper.OLD).start()) {
            String[] texts = {
                "", " ", "NULL", "a,b", "{x}", "\"q\" 'q'", "back\\slash\\", "new\nline", "例 😀", "?", "$1", null
            };
            stores.phase(DataPhase.OLD_ONLY);
            service.write(tx -> {
                for (int id = 0; id < texts.length; id++) {
                    tx.insert(Order.of(id, texts[id], "-0.50"));
                }
            });
            stores.phase(DataPhase.CAPTURE);
            awaitDone(service.copy(CopySettings.DEFAULTS));

            assertThat(stores.inNew()).hasSize(texts.length);
            assertThat(service.deadLetters()).isZero();
            stores.assertNothingDiffers();
        }
    }

    @ParameterizedTest
    @MethodSource(PAIRS)
    void copy_rowDeletedBetweenReadAndWrite_staysDeleted(Pair pair) throws Exception {
        try (TwoStores stores = filled(pair, 30);
                Migration<Long, Order> service = stores.service(OrderMapper.OLD).start()) {
            awaitDone(service.copy(SMALL, afterRead(() -> {
                service.write(tx -> tx.delete(5L));
                awaitDrained(service);
            })));

            assertThat(stores.inNew()).hasSize(29).doesNotContainKey(5L);
            stores.assertNothingDiffers();
        }
    }

    @ParameterizedTest
    @MethodSource(PAIRS)
    void copy_rowUpdatedBetweenReadAndWrite_keepsTheUpdate(Pair pair) throws Exception {
        try (TwoStores stores = filled(pair, 30);
                Migration<Long, Order> service = stores.service(OrderMapper.NEW).start()) {
            Order newer = Order.of(5, "Ann", "55.00").by("app", 7);
            Copy copy = service.copy(SMALL, afterRead(() -> {
                service.write(tx -> tx.update(newer));
                awaitDrained(service);
            }));
            awaitDone(copy);

            assertThat(stores.inNew()).hasSize(30).containsEntry(5L, newer);
            assertThat(copy.progress().rowsWritten()).isEqualTo(29);
            stores.assertNothingDiffers();
        }
    }

    /** An old version's event has none of the new columns; those that the old store keeps must still come with the copy. */
    @ParameterizedTest
    @MethodSource(PAIRS)
    void copy_rowThatAnOldVersionUpdatedBefore_bringsItsNewColumns(Pair pair) throws Exception {
        try (TwoStores stores = filled(pair, 30);
                Migration<Long, Order> newVersion =
                        stores.service(OrderMapper.NEW).start();
                Migration<Long, Order> oldVersion =
                        stores.service(OrderMapper.OLD).start()) {
            stores.phase(DataPhase.OLD_ONLY);
            newVersion.write(tx -> {
                for (long id = 5; id <= 7; id++) {
                    tx.update(Order.of(id, "Ann", "55").by("app", 7));
                }
            });
            stores.phase(DataPhase.CAPTURE);
            oldVersion.write(tx -> {
                tx.update(Order.of(5, "Bob", "56"));
                tx.delete(6L);
            });
            awaitDrained(oldVersion);
            Copy copy = oldVersion.copy(SMALL, afterRead(() -> {
                newVersion.write(tx -> tx.update(Order.of(7, "Cid", "57").by("shop", 8)));
                oldVersion.write(tx -> tx.update(Order.of(7, "Dora", "58")));
                awaitDrained(oldVersion);
            }));
            awaitDone(copy);

            assertThat(stores.inNew().get(5L))
                    .isEqualTo(Order.of(5, "Bob", "56.00").by("app", 7));
            assertThat(stores.inNew().get(7L))
                    .isEqualTo(Order.of(7, "Dora", "58.00").by("shop", 8));
            assertThat(stores.inNew()).hasSize(29).doesNotContainKey(6L);
            stores.assertNothingDiffers();
        }
    }

    @ParameterizedTest
    @MethodSource(PAIRS)
    void copy_eventOfBeforeTheCopyComesAfterIt_isTaken(Pair pair) throws Exception {
        KeptEvents events = new KeptEvents();
        try (TwoStores stores = filled(pair, 30);
                Migration<Long, Order> service = stores.service(OrderMapper.NEW)
                        .carrier(events.factory())
                        .start()) {
            service.write(tx -> tx.update(Order.of(5, "Ann", "55").by("app", 7)));
            service.write(tx -> tx.delete(6L));
            awaitDone(service.copy(SMALL));

            events.deliverTogether(events.awaited(2));

            assertThat(stores.inNew().get(5L))
                    .isEqualTo(Order.of(5, "Ann", "55.00").by("app", 7));
            stores.assertNothingDiffers();
        }
    }

    @ParameterizedTest
    @MethodSource(PAIRS)
    void copy_failedBeforeItsPlaceWasKept_writesTheChunkAgain(Pair pair) throws Exception {
        try (TwoStores stores = filled(pair, 30);
                Migration<Long, Order> service = stores.service(OrderMapper.OLD).start()) {
            Copy copy = service.copy(SMALL, afterWrite(() -> {
                throw new IllegalStateException("the test ends this chunk");
            }));
            awaitDone(copy);

            stores.assertNothingDiffers();
            assertThat(copy.progress().rowsWritten()).isEqualTo(30);
        }
    }

    @ParameterizedTest
    @MethodSource(PAIRS)
    void copy_stopped_goesOnWhereItWas(Pair pair) throws Exception {
        try (TwoStores stores = filled(pair, 30);
                Migration<Long, Order> service = stores.service(OrderMapper.OLD).start()) {
            Copy[] first = new Copy[1];
            CountDownLatch known = new CountDownLatch(1);
            first[0] = service.copy(SMALL, afterWrite(() -> {
                known.await();
                first[0].stop();
            }));
            known.countDown();
            assertThat(first[0].await(20, TimeUnit.SECONDS)).isTrue();
            assertThat(first[0].progress().rowsRead()).isEqualTo(10);
            assertThat(stores.inNew()).hasSize(10);

            Copy second = service.copy(SMALL);
            awaitDone(second);
            assertThat(second.progress().rowsRead()).isEqualTo(30);
            stores.assertNothingDiffers();
        }
    }

    @Test
    void copy_beforeTheCapture_isRefused() throws Exception {
        try (TwoStores stores = filled(Pair.H2, 1);
                Migration<Long, Order> service = stores.service(OrderMapper.OLD).start()) {
            stores.phase(DataPhase.OLD_ONLY);

            assertThatThrownBy(() -> service.copy(SMALL)).hasMessageContaining("expected CAPTURE or GRAY_READ");
        }
    }

    @Test
    void copy_withALimit_isNoFaster() throws Exception {
        try (TwoStores stores = filled(Pair.H2, 50);
                Migration<Long, Order> service = stores.service(OrderMapper.OLD).start()) {
            Copy copy = service.copy(SMALL.rowsPerSecond(100));
            awaitDone(copy);

            // The last chunk does not wait, so that 50 rows take what 50 take, and the rate is told at their end.
            assertThat(copy.progress().rowsPerSecond()).isLessThan(150);
        }
    }

    static void awaitDone(Copy copy) throws InterruptedException {
        assertThat(copy.await(30, TimeUnit.SECONDS)).isTrue();
        assertThat(copy.progress().isDone()).as("%s", copy.progress()).isTrue();
    }

    /** Stores of which the old one has orders since before anybody thought of a migration. */
    static TwoStores filled(Pair pair, int orders) throws Exception {
        TwoStores stores = pair.stores();
        String[] inserts = new String[orders];
        for (int id = 1; id <= orders; id++) {
            inserts[id - 1] = "INSERT INTO orders VALUES (" + id + ", 'c" + id + "', " + id + ")";
        }
        stores.old().execute(inserts);
        return stores;
    }
}
