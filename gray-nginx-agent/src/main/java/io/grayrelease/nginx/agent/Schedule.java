package io.grayrelease.nginx.agent;

import java.time.Duration;

/**
 * When Nginx is looked at next, in nanoseconds of one clock that starts anywhere: at once for a policy, when they are quiet for
 * servers, later and later after failures, and from time to time without a reason. Not thread-safe.
 */
final class Schedule {
    private static final long CHECK = Duration.ofSeconds(5).toNanos();
    private static final long FIRST_RETRY = Duration.ofSeconds(1).toNanos();
    private static final long LAST_RETRY = Duration.ofSeconds(60).toNanos();
    private static final int DOUBLINGS = 6;

    /** Servers that are never quiet are not waited for longer than so many times the quiet. */
    private static final int MOST_QUIETS = 10;

    private final long quiet;
    private final long gap;
    private boolean urgent = true;
    private boolean serversChanged;
    private long serversFirst;
    private long serversLast;
    private boolean edgeKnown;
    private long edge;
    private boolean everChanged;
    private long changed;
    private int failures;
    private long next;

    /**
     * A schedule.
     *
     * @param quiet how long servers must not have changed
     * @param gap how much time lies between two changes of Nginx at least
     */
    Schedule(Duration quiet, Duration gap) {
        this.quiet = quiet.toNanos();
        this.gap = gap.toNanos();
    }

    /** Something has changed that cannot wait. */
    void urgent() {
        urgent = true;
    }

    void serversChanged(long now) {
        serversFirst = serversChanged ? serversFirst : now;
        serversLast = now;
        serversChanged = true;
    }

    /** A turn begins: what changes from now on needs another one. */
    void begin() {
        urgent = false;
        serversChanged = false;
        edgeKnown = false;
    }

    /** The turn has ended well; whether Nginx was changed by it. */
    void succeeded(long now, boolean changedNginx) {
        failures = 0;
        next = now + CHECK;
        if (changedNginx) {
            everChanged = true;
            changed = now;
        }
    }

    /** Nginx does not run, and may at any moment. */
    void idle(long now) {
        failures = 0;
        next = now + FIRST_RETRY;
    }

    void failed(long now) {
        next = now + Math.min(LAST_RETRY, FIRST_RETRY << Math.min(failures, DOUBLINGS));
        failures++;
    }

    /** What is in force is right until then only. */
    void edge(long at) {
        edgeKnown = true;
        edge = at;
    }

    /** How long to wait for the next turn; 0 or less: it is time. */
    long untilDue(long now) {
        long wait = next - now;
        if (urgent) {
            wait = Math.min(wait, 0);
        }
        if (edgeKnown) {
            wait = Math.min(wait, edge - now);
        }
        if (serversChanged) {
            long quietAt = Math.min(serversLast + quiet - now, serversFirst + MOST_QUIETS * quiet - now);
            wait = Math.min(wait, quietAt);
        }
        return everChanged ? Math.max(wait, changed + gap - now) : wait;
    }
}
