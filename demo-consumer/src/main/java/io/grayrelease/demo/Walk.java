package io.grayrelease.demo;

import java.util.Collection;
import java.util.List;

/** The steps of a release, each of which checks itself. */
final class Walk {
    private static final int CRASH_PERCENT = 20;

    private final Stage stage;
    private final Report report;

    Walk(Stage stage) {
        this.stage = stage;
        this.report = stage.report();
    }

    /** Takes all steps; whether everything was as expected. */
    boolean run() {
        noPolicy();
        testers();
        onePercent();
        fivePercent();
        bothServices();
        twoReleases();
        brokenPublish();
        crash();
        switchOff();
        return stage.allHeld();
    }

    private void noPolicy() {
        report.step("No policy", "Nothing is published: calls go to any version, as without gray releases.");
        if (stage.fleet().policies().stream().anyMatch(policy -> !policy.hash().equals(InForce.NONE))) {
            report.note("Left out: the namespace has a policy already.");
            stage.awaitAnswers("the services to find each other");
            return;
        }
        stage.awaitPaths(
                "all services to find each other", Expectations.noPolicy().of(0).paths());
        stage.check("any version, nothing decided", Expectations.noPolicy());
    }

    private void testers() {
        report.step(
                "Testers",
                "Three people on a list get order 2.0.0. The routes reserve the new versions: nobody else gets there.");
        stage.publish("testers");
        stage.check("the testers on order 2.0.0, nobody else", Expectations.testers());
    }

    private void onePercent() {
        report.step("1 %", "The testers, and each uid whose last two digits are 00.");
        stage.publish("one-percent");
        stage.check("1 % and the testers", Expectations.testersAndShare(1));
    }

    private void fivePercent() {
        report.step("5 %", "One number changes; who was in stays in.");
        stage.publish("five-percent");
        stage.check("5 % and the testers", Expectations.testersAndShare(5));
    }

    private void bothServices() {
        report.step("Two services, one tag", "Order and stock turn gray together: nobody crosses from 2.0.0 to 1.0.0.");
        stage.publish("both");
        stage.check("together, and nobody crosses", Expectations.both(5));
    }

    private void twoReleases() {
        report.step(
                "Two releases at once",
                "30 % on the new order, 20 % on the new stock, drawn apart: some users get both, most get neither.");
        stage.publish("two-releases");
        stage.check("two independent releases", Expectations.twoReleases());
    }

    private void brokenPublish() {
        report.step("A broken publish", "It is refused as a whole, with every problem named; what was in force stays.");
        stage.publishBroken("broken");
        report.note("");
        report.note("the consumer says:");
        List<String> problems = stage.fleet().consumersPolicy().problems();
        problems.forEach(problem -> report.note("  " + problem));
        stage.claim(
                "all three mistakes are named",
                namesEach(problems, "gray.rule.010-order", "gray.rule.020-stock", "gray.rule.030-testers"));
        String before = Policy.named("two-releases").hash();
        stage.claim("every process keeps " + before, allHave(stage.fleet().policies(), before));
        stage.check("nothing has changed", Expectations.twoReleases());
    }

    private static boolean namesEach(List<String> problems, String... keys) {
        return List.of(keys).stream().allMatch(key -> problems.stream().anyMatch(problem -> problem.startsWith(key)));
    }

    private static boolean allHave(Collection<InForce> policies, String hash) {
        return policies.stream().allMatch(policy -> policy.hash().equals(hash));
    }

    private void crash() {
        report.step(
                "The gray stock crashes",
                "It is killed under traffic: its users fall back to stock 1.0.0 without an error, and return with it.");
        stage.publish("crash");
        stage.check("before the crash", Expectations.both(CRASH_PERCENT));
        report.note("");
        report.note("stock 2.0.0 is killed now, in the middle of the requests:");
        stage.checkWhileKilling("stock", "2.0.0", "no failed request", Expectations.bothWhileStockDies(CRASH_PERCENT));
        stage.check("after the crash", Expectations.bothWithoutStock(CRASH_PERCENT));
        report.note("");
        report.note("stock 2.0.0 is started again:");
        stage.fleet().restart("stock", "2.0.0");
        stage.awaitInForce(Policy.named("crash").hash());
        stage.await("the users of stock 2.0.0 to return", Expectations.both(CRASH_PERCENT));
        stage.check("back again", Expectations.both(CRASH_PERCENT));
    }

    private void switchOff() {
        report.step("Switch off", "One key takes everybody back to baseline; the new versions stay reserved.");
        stage.publish("off");
        stage.check("everybody is baseline", Expectations.everybodyBaseline());
    }
}
