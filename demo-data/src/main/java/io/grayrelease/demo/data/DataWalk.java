package io.grayrelease.demo.data;

import java.util.Locale;

import io.grayrelease.demo.Report;

/** The steps of the release, each of which checks itself. */
final class DataWalk {
    private final DataStage stage;
    private final Report report;
    private final int orders;

    DataWalk(DataStage stage, int orders) {
        this.stage = stage;
        this.report = stage.report();
        this.orders = orders;
    }

    /** Takes all steps; whether everything was as expected. */
    boolean run() {
        oneStore();
        capture();
        copy();
        grayRead();
        compare();
        newPrimary();
        rollBack();
        giveUp();
        forwardAgain();
        newOnly();
        return stage.allHeld();
    }

    private void oneStore() {
        report.step(
                "One database",
                String.format(
                        Locale.ROOT,
                        "%,d orders. A fifth of the users gets order 2.0.0; both versions write the old database.",
                        orders));
        stage.publishRules();
        stage.startTraffic();
        stage.change(7, "2.0.0");
        stage.traffic("before the release");
        stage.check("old");
    }

    private void capture() {
        report.step("CAPTURE", "From now on the new database is sent every write, by an outbox in its transaction.");
        stage.phase("CAPTURE");
        stage.change(77, "1.0.0"); // its channel and coupon are those that 2.0.0 wrote, and must reach the new database
        stage.traffic("writes are captured");
    }

    private void copy() {
        report.step("Copy", "What was there before, in chunks, while everybody goes on writing.");
        stage.copy();
        stage.check("new");
        stage.traffic("beside the copy");
    }

    private void grayRead() {
        report.step("GRAY_READ", "Users with the tag order-v2 read the new database; the old one still orders writes.");
        stage.phase("GRAY_READ");
        stage.readers(true, false);
        stage.traffic("two databases are read");
    }

    private void compare() {
        report.step(
                "Compare",
                "Every row of both databases, under writes. Until it finds nothing, the next step is refused.");
        report.note("Somebody has changed an order of the new database by hand, deleted one, and added one:");
        stage.spoil();
        stage.compare(3);
        stage.refused("NEW_PRIMARY", "GRAY_READ");
        stage.repair(3);
        stage.compare(0);
    }

    private void newPrimary() {
        report.step(
                "NEW_PRIMARY", "The new database orders writes, and the old one is sent them: the way back is open.");
        stage.look();
        stage.phase("NEW_PRIMARY");
        stage.switched("over the switch");
        stage.readers(true, true);
        stage.check("new");
        stage.check("old");
    }

    private void rollBack() {
        report.step("Back to GRAY_READ", "The release disappoints: the old database orders writes again.");
        stage.look();
        stage.phase("GRAY_READ");
        stage.switched("over the switch back");
        stage.readers(true, false);
        stage.check("old");
        stage.check("new");
    }

    private void giveUp() {
        report.step(
                "Back to OLD_ONLY", "The new database is left alone. No acknowledged write is missing in the old one.");
        stage.phase("OLD_ONLY");
        stage.readers(false, false);
        stage.change(7, "2.0.0");
        stage.traffic("after the rollback");
        stage.check("old");
    }

    private void forwardAgain() {
        report.step(
                "Forward again",
                "CAPTURE begins anew with an empty new database. Channels and coupons from before the rollback return.");
        stage.phase("CAPTURE");
        stage.change(77, "1.0.0");
        stage.copy();
        stage.check("new");
        stage.phase("GRAY_READ");
        stage.compare(0);
        stage.traffic("until the second switch");
        stage.phase("NEW_PRIMARY");
        stage.switched("over the second switch");
        stage.check("new");
        stage.check("old");
    }

    private void newOnly() {
        report.step("NEW_ONLY", "The release is over. There is no way back from here.");
        stage.compare(0);
        stage.phase("NEW_ONLY");
        stage.traffic("in the new database alone");
        stage.endTraffic();
        stage.check("new");
    }
}
