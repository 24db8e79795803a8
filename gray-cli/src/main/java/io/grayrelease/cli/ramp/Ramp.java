package io.grayrelease.cli.ramp;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;

/**
 * Raises a rule's percentage step by step. What is published says how far it came, so a ramp that was broken off goes on
 * where it was. Each step lasts at least its time, and until the guard passes; a breach takes the rule off at once.
 */
public final class Ramp {
    private final RampedRule rule;
    private final List<Step> steps;
    private final Guard guard;
    private final Pace pace;
    private final RampLog log;
    private final CountDownLatch stopped = new CountDownLatch(1);

    /**
     * How long things take.
     *
     * @param step how long a step lasts at least
     * @param asking how long between two questions to the guard
     */
    public record Pace(Duration step, Duration asking) {}

    Ramp(RampedRule rule, List<Step> steps, Guard guard, Pace pace, RampLog log) {
        this.rule = rule;
        this.steps = steps;
        this.guard = guard;
        this.pace = pace;
        this.log = log;
    }

    /**
     * Runs to the last step and its time.
     *
     * @return whether it came there; false if a breach took the rule off, or somebody stopped it
     * @throws RampException if the rule cannot be ramped, or somebody else changes it meanwhile
     */
    public boolean run() throws InterruptedException {
        RuleText text = RuleText.of(rule.key(), rule.released());
        Step reached = text.isOff() ? null : Step.of(text.percentage());
        if (reached != null && !reached.isNone()) {
            log.write(rule.key(), "resumed", reached.toString(), "");
            if (!watch(text)) {
                return false;
            }
        }
        for (Step step : steps) {
            if (reached == null || step.compareTo(reached) > 0) {
                text = publish(text, step);
                if (!watch(text)) {
                    return false;
                }
            }
        }
        log.write(rule.key(), "done", text.percentage(), "");
        return true;
    }

    /** Breaks a run off: nothing is changed any more, and another run will go on from here. */
    public void stop() {
        stopped.countDown();
    }

    private RuleText publish(RuleText text, Step step) {
        refuseStrangeChange(text);
        RuleText next = text.on().withPercentage(step.toString());
        rule.publish(next.toString(), "ramp " + rule.key() + " to " + step);
        log.write(rule.key(), "step", step.toString(), "");
        return next;
    }

    /** Who changed the rule by hand meant it. */
    private void refuseStrangeChange(RuleText expected) {
        String released = rule.released();
        if (!released.equals(expected.toString())) {
            throw new RampException(
                    rule.key() + " was changed by somebody else: expected " + expected + ", found " + released);
        }
    }

    /** One step, until its time is over and the guard passes; false ends the ramp. */
    private boolean watch(RuleText text) throws InterruptedException {
        long start = System.nanoTime();
        String held = null;
        while (!stopped.await(pace.asking().toMillis(), TimeUnit.MILLISECONDS)) {
            Judgement judgement = guard.ask();
            boolean over = System.nanoTime() - start >= pace.step().toNanos();
            switch (judgement.kind()) {
                case BREACH -> {
                    takeBack(text, judgement.reason());
                    return false;
                }
                case PASS -> {
                    if (over) {
                        log.write(rule.key(), "passed", text.percentage(), judgement.reason());
                        return true;
                    }
                }
                case HOLD -> held = sayOnce(over, held, text, judgement.reason());
                default -> throw new IllegalStateException(judgement.toString());
            }
        }
        log.write(rule.key(), "stopped", text.percentage(), "");
        return false;
    }

    private @Nullable String sayOnce(boolean over, @Nullable String said, RuleText text, String reason) {
        if (over && said == null) {
            log.write(rule.key(), "hold", text.percentage(), reason);
            return reason;
        }
        return said;
    }

    private void takeBack(RuleText text, String reason) {
        refuseStrangeChange(text);
        rule.publish(text.off().toString(), "ramp " + rule.key() + ": off, " + reason);
        log.write(rule.key(), "breach", text.percentage(), reason + "; the rule is off");
    }
}
