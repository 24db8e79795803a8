package io.grayrelease.cli.data;

import java.time.Duration;
import java.util.Locale;

import org.jspecify.annotations.Nullable;

import io.grayrelease.data.CopyProgress;
import io.grayrelease.data.MigrationStatus;

/** Numbers and times as people read them. */
final class Words {
    private static final int SECONDS_PER_MINUTE = 60;

    private Words() {}

    /** {@code 1,234,567}. */
    static String of(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    /** {@code 1 process}, {@code 3 processes}. */
    static String processes(long number) {
        return of(number) + (number == 1 ? " process" : " processes");
    }

    /** {@code 1 of 3 processes}. */
    static String part(long number, long of) {
        return of(number) + " of " + processes(of);
    }

    /** {@code 0.4 s}, {@code 42 s}, {@code 3 min 20 s}, {@code 5 h 10 min}. */
    static String of(Duration time) {
        long seconds = time.toSeconds();
        if (seconds < 10) {
            return String.format(Locale.ROOT, "%.1f s", time.toMillis() / 1e3);
        }
        if (seconds < SECONDS_PER_MINUTE) {
            return seconds + " s";
        }
        return time.toHours() == 0
                ? time.toMinutes() + " min " + time.toSecondsPart() + " s"
                : time.toHours() + " h " + time.toMinutesPart() + " min";
    }

    /** The store that takes the writes, or is about to. */
    static String primary(MigrationStatus status) {
        return "the " + (status.phase().isNewPrimary() ? "new" : "old") + " store";
    }

    private static String other(MigrationStatus status) {
        return "the " + (status.phase().isNewPrimary() ? "old" : "new") + " store";
    }

    /** The phase, as far as it is known. */
    static String phase(MigrationStatus status) {
        if (status.isCertain()) {
            return status.phase().name();
        }
        return status.phase().isNewPrimary() ? status.phase() + " or later" : "phase unknown";
    }

    /** The phase, and which store takes writes. */
    static String standing(MigrationStatus status) {
        if (!status.isCertain()) {
            return phase(status) + ", epoch " + status.epoch() + " or later; " + other(status)
                    + " takes no writes, and " + primary(status) + " does not say what it does";
        }
        String epoch = ", epoch " + status.epoch() + "; " + primary(status);
        if (status.isHandedOver()) {
            return status.phase() + " is handed over" + epoch + " has not opened yet, writes wait";
        }
        return status.phase() + " is fact" + epoch
                + (status.isOpen() ? " takes writes" : " is being left, writes wait");
    }

    static String of(CopyProgress copy) {
        if (copy.isDone()) {
            return "done, " + of(copy.rowsRead()) + " rows";
        }
        return copy.rowsTotal() == 0
                ? "not begun"
                : of(copy.rowsRead()) + " of about " + of(copy.rowsTotal()) + " rows"
                        + pace(copy.rowsPerSecond(), copy.timeLeft().orElse(null));
    }

    static String pace(double rowsPerSecond, @Nullable Duration left) {
        return rowsPerSecond <= 0 || left == null
                ? ""
                : ", " + of(Math.round(rowsPerSecond)) + " rows/s, " + of(left) + " left";
    }
}
