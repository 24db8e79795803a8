package io.grayrelease.benchmarks.nginx;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

import io.grayrelease.benchmarks.Medians;

/**
 * One load on one front, with changes and without. Immutable.
 *
 * @param how the changes are made, for people
 * @param changes that came into force
 * @param failedChanges that did not
 */
record UnderChanges(FrontPlan front, String how, String load, List<Round> rounds, int changes, int failedChanges) {
    /** The same load, first without changes. */
    record Round(LoadResult quiet, LoadResult changing) {}

    /**
     * Measures.
     *
     * @param interval between two changes that are wanted
     * @param gap least time from one to the next
     */
    static UnderChanges measure(
            Front front, String how, Load load, Lengths lengths, Duration interval, Duration gap, Changes.Change change)
            throws IOException, InterruptedException {
        Lengths.Length length = lengths.of(load);
        List<Round> rounds = new ArrayList<>();
        int made = 0;
        int failed = 0;
        for (int i = 0; i < lengths.rounds(); i++) {
            LoadResult quiet = load.run(front.plan().port(), length.quiet());
            Changes changes = Changes.start(interval, gap, change);
            try (changes) {
                rounds.add(new Round(quiet, load.run(front.plan().port(), length.changing())));
            }
            made += changes.made();
            failed += changes.failed();
        }
        UnderChanges done = new UnderChanges(front.plan(), how, load.name(), rounds, made, failed);
        System.out.println(done);
        return done;
    }

    long requests() {
        return rounds.stream().mapToLong(round -> round.changing().requests()).sum();
    }

    long failed() {
        return rounds.stream().mapToLong(round -> round.changing().failed()).sum();
    }

    long failedQuiet() {
        return rounds.stream().mapToLong(round -> round.quiet().failed()).sum();
    }

    Medians changing(ToDoubleFunction<LoadResult> figure) {
        return Medians.of(rounds.stream().map(Round::changing).mapToDouble(figure));
    }

    /** A figure over that of the same round without changes. */
    Medians ratio(ToDoubleFunction<LoadResult> figure) {
        return Medians.of(rounds.stream()
                .mapToDouble(round -> figure.applyAsDouble(round.changing()) / figure.applyAsDouble(round.quiet())));
    }

    @Override
    public String toString() {
        return "nginx %s, %s, %s, %s: %d changes, %s"
                .formatted(front.binary().version(), front.name(), how, load, changes, rounds);
    }
}
