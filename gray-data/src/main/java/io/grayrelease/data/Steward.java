package io.grayrelease.data;

import java.lang.management.ManagementFactory;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.grayrelease.policy.model.DataPhase;

/** Brings the fact towards the wish, step by step, where the gates are open; every process has one, and one takes a step. */
final class Steward {
    private static final Logger LOG = LoggerFactory.getLogger(Steward.class);
    private static final int LIMIT_SECONDS = 2;
    static final String NO_WISH = "expected .policy(...) or .phase(...) before start(), or a Dubbo application that has"
            + " gray-dubbo-context, started, with a policy that can be read";
    private static final Pattern NUMBERS_AFTER_COLON = Pattern.compile(":[^:]*[0-9].*");
    private static final Pattern NUMBERS = Pattern.compile("[0-9]+");

    private final MigrationBuilder<?, ?> settings;
    private final Wish wish;
    private final Facts facts;
    private final Store old;
    private final Direction forward;
    private final Direction back;
    private final Gates gates;
    private final Readiness readiness;
    private final CaptureRound round;
    private final Switch switching;
    private final ProcessTable processes;
    private final String process;
    private final ScheduledExecutorService timer;
    private final Heart heart;
    private final long bornNanos = System.nanoTime();
    private boolean othersTold;
    private List<String> told = Collections.emptyList();
    /** What ended the last round; empty for nothing. Of the timer's thread. */
    private String trouble = "";

    Steward(MigrationBuilder<?, ?> settings, Wish wish, Facts facts, Direction forward, Direction back) {
        this.settings = settings;
        this.wish = wish;
        this.facts = facts;
        this.old = forward.from();
        this.forward = forward;
        this.back = back;
        this.gates = new Gates(settings.name, forward.from(), forward.to(), settings.mapper.table());
        this.readiness = new Readiness(forward.from(), forward.to());
        this.round = new CaptureRound(settings.name, forward.from(), forward.to());
        this.switching =
                new Switch(facts, settings.mapper.table(), settings.switchLimit.dividedBy(2), settings.switchSteps);
        this.processes = new ProcessTable(settings.name);
        this.process = ManagementFactory.getRuntimeMXBean().getName() + "-"
                + UUID.randomUUID().toString().substring(0, 8);
        this.timer =
                Executors.newSingleThreadScheduledExecutor(task -> Daemon.thread(task, "steward-" + settings.name));
        this.heart = new Heart(settings.name, this::beatNotReady);
    }

    void start() {
        // Its result says nothing: a round never fails.
        Object unused =
                timer.scheduleWithFixedDelay(this::quietly, 0, settings.stewardEvery.toMillis(), TimeUnit.MILLISECONDS);
        heart.start();
    }

    /** Tells that the wish is another one. */
    void wake() {
        try {
            timer.execute(this::quietly);
        } catch (RejectedExecutionException e) {
            LOG.debug("gray: {} is closed", settings.name);
        }
    }

    private void quietly() {
        heart.asks();
        try {
            once();
            trouble = "";
        } catch (SQLException | RuntimeException e) {
            trouble = FaultWords.of(e);
            told(Collections.singletonList(trouble), "gray: {} stays where it is: {}");
        } finally {
            heart.answered();
        }
    }

    /** Says a thing once, as long as it stays the same but for its numbers, and how far it is, which follows a colon. */
    private void told(List<String> reasons, String message) {
        List<String> now = reasons.stream().map(Steward::gist).collect(Collectors.toList());
        now.add(message);
        if (!now.equals(told)) {
            LOG.warn(message, settings.name, String.join("; ", reasons));
        }
        told = now;
    }

    private static String gist(String reason) {
        return NUMBERS.matcher(NUMBERS_AFTER_COLON.matcher(reason).replaceFirst(""))
                .replaceAll("0");
    }

    private void tellAtFirst(Fact fact) {
        List<String> missing = fact.phase() == DataPhase.NEW_ONLY ? Collections.emptyList() : readiness.atFirst();
        if (!missing.isEmpty()) {
            LOG.warn(
                    "gray: {}: no process takes a step forward, or switches the primary, while this one lacks: {}",
                    settings.name,
                    String.join("; ", missing));
        }
    }

    private void once() throws SQLException {
        tellOfOthers();
        Fact fact = looked();
        if (fact.epoch() > 1) {
            back.start();
        }
        if (fact.phase() == DataPhase.NEW_ONLY) {
            // The old store may go: nobody asks it for events any more.
            forward.close();
        }
        DataPhase wished = wish.phase();
        DataPhase next = next(fact.phase(), wished);
        List<String> unready = readiness.known(fact, next);
        beat(fact, wished, unready);
        tellAtFirst(fact);
        if (next == null) {
            stays(fact, wished);
            return;
        }
        if (!fact.isOpen()) {
            return;
        }
        List<String> reasons = unready.isEmpty() ? gates.shut(fact, next) : unready;
        if (reasons.isEmpty()) {
            reasons = readiness.now(fact, next);
        }
        if (reasons.isEmpty()) {
            heart.answered();
            step(fact, next);
        } else {
            told(reasons, "gray: {} waits before " + next + ": {}");
        }
    }

    /** A process that cannot look is there all the same. */
    private Fact looked() throws SQLException {
        try {
            return facts.look();
        } catch (SQLException e) {
            try {
                beatNotReady(FaultWords.of(e));
            } catch (SQLException away) {
                e.addSuppressed(away);
            }
            throw e;
        }
    }

    private void beatNotReady(String why) throws SQLException {
        Fact last = facts.last();
        if (last != null) {
            beat(last, null, Collections.singletonList(why));
        }
    }

    /** A process that lacks what the step needs keeps all from it, for after it they would all need that. */
    private void beat(Fact fact, @Nullable DataPhase wished, List<String> unready) throws SQLException {
        String word = unready.isEmpty() ? wished == null ? null : wished.name() : Readiness.NOT_READY;
        String lacking = unready.isEmpty() ? trouble : String.join("; ", unready);
        Sql.own(old.source(), connection -> {
            processes.beat(connection, old.dialect(connection), process, word, lacking, fact);
            return true;
        });
    }

    /** There is nothing to do, be it that there is no way. */
    private void stays(Fact fact, @Nullable DataPhase wished) {
        if (wished == null && System.nanoTime() - bornNanos > settings.wishLimit.toNanos()) {
            told(Collections.singletonList("no policy was found yet: " + NO_WISH), "gray: {} stays where it is: {}");
        } else if (wished == null || wished == fact.phase()) {
            told = Collections.emptyList();
        } else {
            String reason = "there is no way back from " + fact.phase() + " to " + wished;
            told(Collections.singletonList(reason), "gray: {} stays where it is: {}");
        }
    }

    /** Once: other migrations may be all that the policy is for. */
    private void tellOfOthers() {
        if (!othersTold && !wish.others().isEmpty()) {
            othersTold = true;
            LOG.warn(
                    "gray: {}: found no gray.data.{} in the policy, but keys of {}: the name may be misspelt",
                    settings.name,
                    settings.name,
                    String.join(", ", wish.others()));
        }
    }

    void step(Fact fact, DataPhase next) throws SQLException {
        if (next.isNewPrimary() != fact.newIsPrimary()) {
            Duration pause = switching.run(fact, next, fact.newIsPrimary() ? back : forward);
            if (pause != null) {
                LOG.info("gray: {} was switched to {}, writes waited {} ms", settings.name, next, pause.toMillis());
            }
        } else if (fact.phase() == DataPhase.OLD_ONLY) {
            // It may have been away when this process started.
            facts.prepare(forward.to());
            round.begin(fact, LIMIT_SECONDS);
        } else {
            facts.move(fact, next, LIMIT_SECONDS);
        }
        if (settings.steward) {
            wake();
        }
    }

    /** The next step towards a wish; null where there is none. */
    static @Nullable DataPhase next(DataPhase from, @Nullable DataPhase wished) {
        return wished == null ? null : from.towards(wished);
    }

    /** Ends, and takes this process off the list, so that nobody waits for it. */
    void close() {
        heart.close();
        timer.shutdownNow();
        try {
            timer.awaitTermination(LIMIT_SECONDS, TimeUnit.SECONDS);
            Sql.own(old.source(), connection -> {
                processes.remove(connection, process);
                return true;
            });
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (SQLException e) {
            LOG.debug("gray: this process counts until it is not seen any more", e);
        }
    }
}
