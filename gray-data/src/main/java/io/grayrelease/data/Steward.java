package io.grayrelease.data;

import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.grayrelease.policy.model.DataPhase;

/** Brings the fact towards the wish, step by step; every process has one, and one of them takes a step. */
final class Steward {
    private static final Logger LOG = LoggerFactory.getLogger(Steward.class);
    private static final long EVERY_MILLIS = 1_000;
    private static final int LIMIT_SECONDS = 2;

    private final String migration;
    private final Wish wish;
    private final Facts facts;
    private final Store ofNew;
    private final ScheduledExecutorService timer;

    Steward(String migration, Wish wish, Facts facts, Store ofNew) {
        this.migration = migration;
        this.wish = wish;
        this.facts = facts;
        this.ofNew = ofNew;
        this.timer = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "gray-data-steward-" + migration);
            thread.setDaemon(true);
            return thread;
        });
    }

    void start() {
        // Its result says nothing: a round never fails.
        Object unused = timer.scheduleWithFixedDelay(this::round, 0, EVERY_MILLIS, TimeUnit.MILLISECONDS);
    }

    private void round() {
        try {
            once();
        } catch (SQLException | RuntimeException e) {
            LOG.warn("gray: {} stays where it is: {}", migration, e.toString());
        }
    }

    private void once() throws SQLException {
        Fact fact = facts.look();
        DataPhase next = next(fact.phase(), wish.phase());
        if (next != null && fact.isOpen() && !fact.newIsPrimary() && !next.isNewPrimary() && isOpen(next)) {
            facts.move(fact, next, LIMIT_SECONDS);
        }
    }

    private boolean isOpen(DataPhase next) throws SQLException {
        return next != DataPhase.GRAY_READ
                || Sql.own(ofNew.source(), connection -> {
                    Job copy = new JobTable(migration, JobKind.COPY).read(connection);
                    return copy != null && copy.isFinished();
                });
    }

    /** The next step towards a phase, by the shortest way; null where there is none. */
    static @Nullable DataPhase next(DataPhase from, @Nullable DataPhase wished) {
        if (wished == null || wished == from) {
            return null;
        }
        List<DataPhase> steps = from.next();
        if (steps.contains(wished)) {
            return wished;
        }
        boolean forward = wished.compareTo(from) > 0;
        return steps.stream()
                .filter(step -> step.compareTo(from) > 0 == forward)
                .findFirst()
                .orElse(null);
    }

    void close() {
        timer.shutdownNow();
    }
}
