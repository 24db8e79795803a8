package io.grayrelease.demo.data.traffic;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;

/** Counts calls since it was last asked. Thread-safe. */
final class Tally {
    /** Durations are kept in tenths of a millisecond, longer ones than this in the last place. */
    private static final int PLACES = 50_000;

    private final int[] durations = new int[PLACES];
    private long reads;
    private long writesOld;
    private long writesNew;
    private long failed;
    private long late;
    private long wrong;
    private long lastWrite = System.nanoTime();
    private long gapNanos;
    private @Nullable String example;

    synchronized void read() {
        reads++;
    }

    synchronized void written(boolean byNewVersion, long nanos) {
        if (byNewVersion) {
            writesNew++;
        } else {
            writesOld++;
        }
        durations[(int) Math.min(PLACES - 1L, TimeUnit.NANOSECONDS.toMicros(nanos) / 100)]++;
        long now = System.nanoTime();
        gapNanos = Math.max(gapNanos, now - lastWrite);
        lastWrite = now;
    }

    synchronized void failed(String what) {
        failed++;
        example = what;
    }

    /** A read that gave what was right before, and soon after what is right now. */
    synchronized void late() {
        late++;
    }

    synchronized void wrong(String what) {
        wrong++;
        example = what;
    }

    /** As lines {@code key=value}; begins anew. */
    synchronized List<String> take() {
        List<String> lines = new ArrayList<>(List.of(
                "reads=" + reads,
                "writesOld=" + writesOld,
                "writesNew=" + writesNew,
                "failed=" + failed,
                "late=" + late,
                "wrong=" + wrong,
                "p50=" + quantile(0.5),
                "p99=" + quantile(0.99),
                "slowest=" + quantile(1),
                "gap=" + TimeUnit.NANOSECONDS.toMillis(gapNanos)));
        if (example != null) {
            lines.add("example=" + example.replace('\n', ' '));
        }
        clear();
        return lines;
    }

    private void clear() {
        Arrays.fill(durations, 0);
        reads = writesOld = writesNew = failed = late = wrong = gapNanos = 0;
        lastWrite = System.nanoTime();
        example = null;
    }

    /** In milliseconds. */
    private double quantile(double share) {
        long wanted = (long) Math.ceil(share * (writesOld + writesNew));
        long seen = 0;
        for (int place = 0; place < PLACES; place++) {
            seen += durations[place];
            if (seen >= wanted && seen > 0) {
                return place / 10.0;
            }
        }
        return 0;
    }
}
