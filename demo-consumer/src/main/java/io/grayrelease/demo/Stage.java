package io.grayrelease.demo;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** What the steps are made of: publish, wait until it is in force, send users, compare. Remembers whether all held. */
final class Stage {
    private static final Duration SOON = Duration.ofSeconds(30);

    private final Fleet fleet;
    private final Publisher publisher;
    private final Report report;
    private final int uids;
    private boolean allHeld = true;

    Stage(Fleet fleet, Publisher publisher, Report report, int uids) {
        this.fleet = fleet;
        this.publisher = publisher;
        this.report = report;
        this.uids = uids;
    }

    Fleet fleet() {
        return fleet;
    }

    Report report() {
        return report;
    }

    boolean allHeld() {
        return allHeld;
    }

    /** Publishes a policy, and returns when every process has it in force. */
    void publish(String name) {
        Policy policy = Policy.named(name);
        report.policy(policy);
        publisher.publish(policy);
        awaitInForce(policy.hash());
        report.note("");
        report.note("published; in force in every process: " + policy.hash());
    }

    /** Waits until every process has a policy in force. */
    void awaitInForce(String hash) {
        fleet.await(publisher.patience(), "policy " + hash + " in every process", policy -> policy.hash()
                .equals(hash));
    }

    /** Publishes a policy, and returns when every process has refused it. */
    void publishBroken(String name) {
        Policy policy = Policy.named(name);
        report.policy(policy);
        publisher.publish(policy);
        fleet.await(
                publisher.patience(), "every process to refuse policy " + policy.hash(), inForce -> inForce.rejected()
                        .equals(policy.hash()));
    }

    /** Sends every uid once, shows what became of it and compares it with the expectation. */
    void check(String what, Expectation expectation) {
        List<Answer> answers = fleet.send(0, uids);
        report.users(answers);
        compare(what, answers, expectation);
    }

    /** As {@link #check}, and kills a process when a tenth of the answers are there. */
    void checkWhileKilling(String role, String version, String what, Expectation expectation) {
        List<Answer> before = new ArrayList<>();
        List<Answer> answers = fleet.send(0, uids, answer -> {
            before.add(answer);
            if (before.size() == uids / 10) {
                fleet.kill(role, version);
            }
        });
        report.shares(answers);
        compare(what, answers, expectation);
    }

    /** Waits until the requests of a few users go as expected: addresses arrive later than processes start. */
    void await(String what, Expectation expectation) {
        Deadline.await(
                SOON, what, () -> Verdict.of(20, fleet.send(0, 20), expectation).holds());
    }

    /** Waits until requests are answered, wherever. */
    void awaitAnswers(String what) {
        Deadline.await(SOON, what, () -> fleet.send(0, 20).stream().noneMatch(Answer::isFailed));
    }

    /** Waits until each of these paths was taken by somebody. */
    void awaitPaths(String what, Set<String> paths) {
        Deadline.await(SOON, what, () -> fleet.send(0, 20).stream()
                .map(Answer::path)
                .collect(Collectors.toSet())
                .equals(paths));
    }

    void claim(String what, boolean holds) {
        report.claim(what, holds);
        allHeld &= holds;
    }

    private void compare(String what, List<Answer> answers, Expectation expectation) {
        Verdict verdict = Verdict.of(uids, answers, expectation);
        report.verdict(what, verdict);
        allHeld &= verdict.holds();
    }
}
