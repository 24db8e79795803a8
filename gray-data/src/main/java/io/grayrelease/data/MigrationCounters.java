package io.grayrelease.data;

/** What a migration did in this process, as counters. */
final class MigrationCounters {
    private static final String OUTCOME = "outcome";

    private MigrationCounters() {}

    static void add(MigrationMeters meters) {
        addWrites(meters);
        addWay(meters);
        addReads(meters);
    }

    private static void addWrites(MigrationMeters meters) {
        meters.counter("gray.data.writes.captured", "writes that left an event", Counts::captured);
        meters.counter(
                "gray.data.writes.fenced",
                "writes run again, since the fact had changed or they were rolled back for others",
                Counts::fenced);
        meters.counter(
                "gray.data.writes.refused", "writes that failed, since no store took them in time", Counts::refused);
        String compared = "rows compared some seconds after this process wrote them";
        meters.counter("gray.data.writes.compared", compared, Counts::recentCompared);
        meters.counter("gray.data.writes.differing", "those of them that differ", Counts::recentMismatches);
    }

    private static void addWay(MigrationMeters meters) {
        meters.counter("gray.data.relayed", "events sent to the queue, or without one brought over", Counts::relayed);
        meters.counter(
                "gray.data.relay.failures", "batches of events that have to be tried again", Counts::relayFailed);
        meters.counter("gray.data.past.queue", "events brought past a queue that took too long", Counts::pastQueue);
        String applied = "events that came to the other store, by what became of them";
        meters.counter("gray.data.applied", applied, Counts::applied, OUTCOME, "changed");
        meters.counter("gray.data.applied", applied, Counts::stale, OUTCOME, "stale");
        meters.counter("gray.data.applied", applied, Counts::dead, OUTCOME, "dead");
        String immediate = "writes whose events were to be brought over at once";
        meters.counter("gray.data.immediate", immediate, Counts::immediateDone, OUTCOME, "done");
        meters.counter("gray.data.immediate", immediate, Counts::immediateFailed, OUTCOME, "failed");
        meters.counter("gray.data.immediate", immediate, Counts::immediateSkipped, OUTCOME, "skipped");
    }

    private static void addReads(MigrationMeters meters) {
        meters.counter(
                "gray.data.read.fallbacks",
                "reads meant for the new store, answered by the old",
                Counts::readFallbacks);
        String shadow = "reads after which the row of both stores was looked at";
        meters.counter("gray.data.shadow.reads", shadow, Counts::shadowMatches, OUTCOME, "same");
        meters.counter("gray.data.shadow.reads", shadow, Counts::shadowMismatches, OUTCOME, "differs");
        meters.counter("gray.data.shadow.reads", shadow, Counts::shadowMoving, OUTCOME, "moving");
        meters.counter("gray.data.shadow.reads", shadow, Counts::shadowErrors, OUTCOME, "failed");
        meters.counter("gray.data.shadow.reads", shadow, Counts::shadowDropped, OUTCOME, "dropped");
    }
}
