package io.grayrelease.data;

import org.jspecify.annotations.Nullable;

import io.grayrelease.policy.model.DataPhase;

/** What a migration is like now: its phases as this process knows them, the rest as the databases said some seconds ago. */
final class MigrationGauges {
    static final String PHASE = "gray.data.phase";

    private MigrationGauges() {}

    static void add(MigrationMeters meters) {
        addPhases(meters);
        addBehind(meters);
        addCopy(meters);
        addCompare(meters);
    }

    private static void addPhases(MigrationMeters meters) {
        meters.gauge(
                PHASE,
                "the phase that is fact, 0: OLD_ONLY to 4: NEW_ONLY",
                Migration::lastFact,
                fact -> number(fact.phase()));
        meters.gauge(
                "gray.data.wish",
                "the phase that this process is told to go to",
                Migration::wished,
                MigrationGauges::number);
        meters.gauge("gray.data.epoch", "grows with each switch of the primary", Migration::lastFact, Fact::epoch);
    }

    /** A label for the name would be another series with each step; numbers of fact and wish can be compared. */
    private static double number(DataPhase phase) {
        switch (phase) {
            case OLD_ONLY:
                return 0;
            case CAPTURE:
                return 1;
            case GRAY_READ:
                return 2;
            case NEW_PRIMARY:
                return 3;
            default:
                return 4;
        }
    }

    private static void addBehind(MigrationMeters meters) {
        meters.gauge(
                "gray.data.backlog.events",
                "events that wait in the primary, counted up to 10,000",
                from -> from.samples().backlog(),
                Backlog::events);
        meters.seconds(
                "gray.data.backlog.age",
                "how long the oldest of them waits",
                from -> from.samples().backlog(),
                Backlog::age);
        meters.gauge(
                "gray.data.dead.letters",
                "events that a row's fault keeps out of the other store",
                from -> from.samples().deadLetters(),
                Integer::doubleValue);
    }

    private static void addCopy(MigrationMeters meters) {
        meters.gauge(
                "gray.data.copy.rows", "rows that the copy has read", MigrationGauges::copy, CopyProgress::rowsRead);
        meters.gauge(
                "gray.data.copy.written",
                "those of them that it wrote: no event had been there before",
                MigrationGauges::copy,
                CopyProgress::rowsWritten);
        meters.gauge(
                "gray.data.copy.size",
                "about how many rows there are to copy",
                MigrationGauges::copy,
                CopyProgress::rowsTotal);
        meters.gauge(
                "gray.data.copy.rate",
                "rows copied per second by all processes",
                MigrationGauges::copy,
                CopyProgress::rowsPerSecond);
        meters.seconds(
                "gray.data.copy.left",
                "about how long the rest of the copy takes; 0: it is done",
                MigrationGauges::copy,
                copy -> copy.timeLeft().orElse(null));
    }

    private static void addCompare(MigrationMeters meters) {
        meters.gauge(
                "gray.data.compare.rows",
                "rows that the latest comparison has compared",
                MigrationGauges::compare,
                CompareProgress::rows);
        meters.gauge(
                "gray.data.compare.size",
                "about how many rows there are to compare",
                MigrationGauges::compare,
                CompareProgress::rowsTotal);
        meters.gauge(
                "gray.data.compare.rate",
                "rows compared per second by all processes",
                MigrationGauges::compare,
                CompareProgress::rowsPerSecond);
        meters.seconds(
                "gray.data.compare.left",
                "about how long the rest of it takes; 0: it is done",
                MigrationGauges::compare,
                compare -> compare.timeLeft().orElse(null));
        meters.gauge(
                "gray.data.differences.found",
                "differences that it confirmed",
                MigrationGauges::compare,
                CompareProgress::found);
        meters.gauge(
                "gray.data.differences.open",
                "those of them that are not repaired",
                MigrationGauges::compare,
                CompareProgress::differences);
    }

    private static @Nullable CopyProgress copy(Migration<?, ?> from) {
        return from.samples().copy();
    }

    private static @Nullable CompareProgress compare(Migration<?, ?> from) {
        return from.samples().compare();
    }
}
