package io.grayrelease.demo.data;

import java.time.Duration;
import java.util.List;
import java.util.Locale;

import io.grayrelease.demo.Deadline;
import io.grayrelease.demo.DemoException;
import io.grayrelease.demo.Policy;
import io.grayrelease.demo.Publisher;
import io.grayrelease.demo.Report;

/** What the steps are made of: publish a phase, wait until it is a fact, look at traffic and databases. Remembers whether all held. */
final class DataStage {
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final Duration LONG = Duration.ofMinutes(10);
    private static final Duration READERS = Duration.ofSeconds(10);
    private static final long LEFT_ALONE = 3;
    private static final long WINDOW_MILLIS = 2_000;
    private static final long LOOK_MILLIS = 500;

    private final DataFleet fleet;
    private final Databases databases;
    private final Publisher publisher;
    private final Report report;
    private boolean allHeld = true;

    DataStage(DataFleet fleet, Databases databases, Publisher publisher, Report report) {
        this.fleet = fleet;
        this.databases = databases;
        this.publisher = publisher;
        this.report = report;
    }

    Report report() {
        return report;
    }

    boolean allHeld() {
        return allHeld;
    }

    void claim(String what, boolean holds) {
        report.claim(what, holds);
        allHeld &= holds;
    }

    /** Publishes the rules alone, and waits until both versions are called. */
    void publishRules() {
        publish("");
        Deadline.await(
                SOON,
                "the services to find each other",
                () -> version(7).equals("2.0.0") && version(77).equals("1.0.0"));
    }

    private String version(int uid) {
        return fleet.consumer("find " + uid + " 0").text("version");
    }

    /** Publishes a phase, and returns when it is a fact in the databases. */
    void phase(String phase) {
        wish(phase);
        long start = System.nanoTime();
        while (!Fact.read(databases).is(phase)) {
            if (seconds(start) > SOON.toSeconds()) {
                throw new DemoException("waited for phase " + phase + " in the databases: " + shut(), null);
            }
            Deadline.pause(LOOK_MILLIS / 10);
        }
        report.note(String.format(
                Locale.ROOT, "a fact in the databases %.1f s later: %s", seconds(start), Fact.read(databases)));
    }

    /** Why the next step is not taken. */
    private List<String> shut() {
        return fleet.order(DataFleet.OLD, "status").all("shut");
    }

    /** Publishes a phase, and returns when every process knows of the wish. */
    void wish(String phase) {
        publish("gray.data.orders           = " + phase + "; read=order-v2\n");
    }

    private void publish(String phase) {
        Policy policy = new Policy(Policy.named("data").text() + phase);
        report.policy(policy);
        publisher.publish(policy);
        fleet.awaitPolicy(policy.hash(), publisher.patience());
        report.note("");
        report.note("published; in force in every process: " + policy.hash());
    }

    void startTraffic() {
        fleet.consumer("start");
    }

    void endTraffic() {
        fleet.consumer("end");
    }

    /** Looks at a while of traffic, and all of it since the last look: no call may have failed, or been answered wrongly. */
    void traffic(String what) {
        Deadline.pause(WINDOW_MILLIS);
        TrafficSeen seen = TrafficSeen.of(fleet.consumer("tally"));
        report.note(seen.line());
        seen.examples().forEach(example -> report.note("for example: " + example));
        claim(what + ": no call failed, no answer was wrong", seen.isRight());
        claim("both versions wrote", seen.bothWrote());
    }

    /** As {@link #traffic}, around a switch of the primary store. */
    void switched(String what) {
        Deadline.pause(WINDOW_MILLIS);
        TrafficSeen seen = TrafficSeen.of(fleet.consumer("tally"));
        report.note(seen.line());
        report.note("write pause: " + fleet.order(DataFleet.OLD, "status").text("pause")
                + " ms as the databases have it; " + seen.pause());
        seen.examples().forEach(example -> report.note("for example: " + example));
        claim(what + ": no call failed, no answer was wrong", seen.isRight());
        claim("no write waited for " + TrafficSeen.LONGEST_WAIT_MILLIS + " ms", seen.waitedShortly());
    }

    /** Forgets the traffic up to now: what comes is looked at apart. */
    void look() {
        fleet.consumer("tally");
    }

    /** Compares every row of a database, {@code old} or {@code new}, with what was acknowledged. */
    void check(String database) {
        long start = System.nanoTime();
        Answers found = fleet.consumer("check " + database);
        found.all("example").forEach(report::note);
        claim(
                String.format(
                        Locale.ROOT,
                        "the %s database is what was acknowledged: %,d rows, %d lost, %d resurrected, %d different (%.1f s)",
                        database,
                        found.number("rows"),
                        found.number("lost"),
                        found.number("resurrected"),
                        found.number("different"),
                        seconds(start)),
                found.number("lost") + found.number("resurrected") + found.number("different") == 0);
    }

    /** Copies, and shows how far it is. */
    void copy() {
        long start = System.nanoTime();
        follow("copy", "copied");
        report.note(String.format(Locale.ROOT, "copied in %.1f s, beside the traffic", seconds(start)));
    }

    /** Compares both databases by the migration's own comparer, which must find a number of differences. */
    void compare(int expected) {
        Answers compared = compare("compare");
        compared.all("difference").forEach(difference -> report.note("  " + difference));
        claim(
                String.format(
                        Locale.ROOT, "%,d rows compared, %d differ", compared.number("rows"), compared.number("left")),
                compared.number("left") == expected);
    }

    /** As {@link #compare(int)}, and has the differences repaired. */
    void repair(int expected) {
        Answers compared = compare("repair");
        claim(
                compared.number("found") + " found, " + compared.number("left") + " left",
                compared.number("found") == expected && compared.number("left") == 0);
    }

    private Answers compare(String command) {
        long start = System.nanoTime();
        Answers compared = follow(command, "compared");
        report.note(String.format(
                Locale.ROOT,
                "%s in %.1f s, under writes",
                command.equals("repair") ? "repaired" : "compared",
                seconds(start)));
        return compared;
    }

    /** Begins something at a process of the order service, and shows how far it is until it is done. */
    private Answers follow(String begin, String look) {
        fleet.order(DataFleet.OLD, begin);
        Answers now = fleet.order(DataFleet.OLD, look);
        long end = System.nanoTime() + LONG.toNanos();
        while (!now.text("done").equals("true")) {
            if (System.nanoTime() - end > 0) {
                throw new DemoException("waited " + LONG.toMinutes() + " minutes for " + begin, null);
            }
            Deadline.pause(LOOK_MILLIS);
            now = fleet.order(DataFleet.OLD, look);
            report.note(now.text("progress"));
        }
        return now;
    }

    /** Somebody spoils three rows of the new database. */
    void spoil() {
        new NewByHand(databases).spoil();
    }

    /** Publishes a phase that must not become a fact, and takes it back. */
    void refused(String phase, String stays) {
        wish(phase);
        Deadline.pause(WINDOW_MILLIS);
        shut().forEach(reason -> report.note("refused: " + reason));
        claim("the databases stay in " + stays, Fact.read(databases).is(stays));
        wish(stays); // else it is taken as soon as its gates open
    }

    /** One write in the name of a user, of an order that the traffic leaves alone. */
    void change(int uid, String version) {
        Answers changed = fleet.consumer("change " + uid + " " + LEFT_ALONE);
        claim(
                "order " + LEFT_ALONE + " was written by " + version,
                changed.text("version").equals(version));
    }

    /** Which store answers whom, told by a row that stands for a moment in the new database alone. */
    void readers(boolean gray, boolean others) {
        new NewByHand(databases).withRow(number -> {
            claim("gray users read the " + (gray ? "new" : "old") + " database", becomes(7, number, gray));
            claim("all others read the " + (others ? "new" : "old") + " database", becomes(77, number, others));
        });
    }

    /** A process hears of a phase a moment later, and reads the old database while the new one is slow. */
    private boolean becomes(int uid, long number, boolean found) {
        long end = System.nanoTime() + READERS.toNanos();
        while (finds(uid, number) != found) {
            if (System.nanoTime() - end > 0) {
                return false;
            }
            Deadline.pause(LOOK_MILLIS / 10);
        }
        return true;
    }

    private boolean finds(int uid, long number) {
        return fleet.consumer("find " + uid + " " + number).text("found").equals("true");
    }

    private static double seconds(long startNanos) {
        return (System.nanoTime() - startNanos) / 1e9;
    }
}
