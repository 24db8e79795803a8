package io.grayrelease.data;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

import org.jspecify.annotations.Nullable;

import io.grayrelease.policy.model.DataPhase;

import static org.assertj.core.api.Assertions.assertThat;

/** What a process of a service has: ways to both databases, a migration with its steward, and threads that write. */
final class Node {
    static final int ORDERS = 8;
    private static final int WRITERS = 2;

    /** Faster ones leave H2's relay behind, for which the copy waits. */
    private static final long PAUSE_NANOS = 2_000_000;

    private static final String ROLLED_BACK = "rolled back";
    private static final Duration LIMIT = Duration.ofSeconds(1);

    private final Random random;
    private final OrderMapper version;
    private final Oracle oracle;
    private final Turns turns;
    private final Link old;
    private final Link ofNew;
    private final ExecutorService threads = Executors.newFixedThreadPool(WRITERS);
    private final Migration<Long, Order> migration;
    private volatile DataPhase wish;
    private volatile boolean stopped;
    private volatile boolean healed;
    private volatile boolean doomed;

    Node(
            TwoStores stores,
            OrderMapper version,
            Oracle oracle,
            Turns turns,
            @Nullable Broker broker,
            DataPhase wish,
            long seed)
            throws SQLException {
        this.random = new Random(seed);
        this.version = version;
        this.oracle = oracle;
        this.turns = turns;
        this.wish = wish;
        this.old = new Link(stores.old(), seed + 1);
        this.ofNew = new Link(stores.ofNew(), seed + 2);
        try {
            MigrationBuilder<Long, Order> builder = stores.service(version, old.source(), ofNew.source())
                    .phase(() -> this.wish)
                    .switchLimit(LIMIT)
                    .queueLimit(Duration.ofMillis(300))
                    .switchSteps(switchSteps())
                    .withSteward(Duration.ofMillis(30));
            this.migration = (broker == null ? builder : builder.carrier(broker::open)).start();
        } catch (SQLException | RuntimeException e) {
            old.close();
            ofNew.close();
            throw e;
        }
        for (int i = 1; i <= WRITERS; i++) {
            Random own = new Random(seed + 10L * i);
            threads.execute(() -> write(own));
        }
    }

    /** Nobody catches it: it ends a thread as a kill would; the process is killed soon after. */
    static final class Killed extends Error {
        private static final long serialVersionUID = 1L;
    }

    private void mayDie(int oneIn) {
        if (!healed && isChosen(oneIn)) {
            doomed = true;
            // Awaitility would tell it to whatever test waits at this moment.
            Thread.currentThread().setUncaughtExceptionHandler((thread, killed) -> {});
            throw new Killed();
        }
    }

    private synchronized boolean isChosen(int oneIn) {
        return random.nextInt(oneIn) == 0;
    }

    private Switch.Steps switchSteps() {
        return new Switch.Steps() {
            @Override
            public void closed() {
                mayDie(8);
            }

            @Override
            public void drained() {
                mayDie(8);
            }

            @Override
            public void handedOver() {
                mayDie(8);
            }
        };
    }

    Copy copy() {
        CopySettings settings =
                CopySettings.DEFAULTS.chunkRows(2).mostWaiting(9_999).lease(Duration.ofMillis(200));
        return migration.copy(settings, new Copier.Steps() {
            @Override
            public void chunkRead() {
                mayDie(25);
            }

            @Override
            public void chunkWritten() {
                mayDie(25);
            }
        });
    }

    Compare compare() {
        return migration.compare(CompareSettings.DEFAULTS
                .chunkRows(3)
                .settleLimit(Duration.ofSeconds(2))
                .lease(Duration.ofMillis(500)));
    }

    Migration<Long, Order> migration() {
        return migration;
    }

    boolean isDoomed() {
        return doomed;
    }

    void wish(DataPhase next) {
        wish = next;
    }

    private record Step(boolean isDelete, Order order) {}

    private void write(Random own) {
        for (int i = 0; !stopped; i++) {
            write(plan(own, i), own.nextInt(12) == 0);
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }

    private static List<Step> plan(Random own, int number) {
        List<Step> plan = new ArrayList<>();
        for (int rows = own.nextInt(4) == 0 ? 2 : 1; rows > 0; rows--) {
            Order order = new Order(
                    own.nextInt(ORDERS),
                    "c" + own.nextInt(1_000),
                    BigDecimal.valueOf(own.nextInt(1_000)).setScale(2, RoundingMode.UNNECESSARY),
                    "ch" + number % 1_000,
                    (long) own.nextInt(1_000));
            plan.add(new Step(own.nextInt(10) < 3, order));
        }
        return plan;
    }

    private void write(List<Step> plan, boolean rollsBack) {
        List<Oracle.Effect> effects = new ArrayList<>();
        try (Turns.Turn unused =
                turns.of(plan.stream().map(step -> step.order().id()).toList())) {
            try {
                migration.write(tx -> {
                    effects.clear();
                    for (Step step : plan) {
                        write(tx, step, effects);
                    }
                    if (rollsBack) {
                        throw new SQLException(ROLLED_BACK);
                    }
                });
                oracle.written(effects, true);
            } catch (SQLException | RuntimeException e) {
                if (!isRolledBack(e)) {
                    oracle.written(effects, false);
                }
            }
        }
    }

    private void write(Tx<Long, Order> tx, Step step, List<Oracle.Effect> effects) throws SQLException {
        Order order = step.order();
        Oracle.What what = Oracle.What.UPDATE;
        if (step.isDelete()) {
            if (!tx.delete(order.id())) {
                return;
            }
            what = Oracle.What.DELETE;
        } else if (!tx.update(order)) {
            tx.insert(order);
            what = Oracle.What.INSERT;
        }
        String where = tx.connection().getMetaData().getURL();
        effects.add(oracle.effect(what, order, version == OrderMapper.NEW, where));
    }

    /** Two inserts at a time, a circle of waiting, no store that takes writes, or the service's own wish. */
    private static boolean isRolledBack(Exception e) {
        return e instanceof SQLException failure
                && (Faults.isOfOrder(failure)
                        || Faults.isOfIntegrity(failure)
                        || ROLLED_BACK.equals(failure.getMessage()));
    }

    /** No fault happens any more, and no write begins. */
    void calm() {
        healed = true;
        stopped = true;
        old.heal();
        ofNew.heal();
    }

    void awaitWriters() throws InterruptedException {
        threads.shutdown();
        assertThat(threads.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
    }

    /** Without mercy: first there is no way to a database any more, then all ends. */
    void kill() throws InterruptedException {
        stopped = true;
        old.kill();
        ofNew.kill();
        threads.shutdownNow();
        migration.close();
        assertThat(threads.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
        old.close();
        ofNew.close();
    }
}
