package io.grayrelease.benchmarks.nginx;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Makes changes on a thread of its own, until it is closed. */
final class Changes implements AutoCloseable {
    /** One change; says when it is in force by returning. */
    interface Change {
        void make() throws Exception;
    }

    /** Clients first get their connections: a change before that would cost none. */
    static final Duration CONNECTING = Duration.ofMillis(500);

    private final long interval;
    private final long gap;
    private final Change change;
    private final Thread thread = new Thread(this::run, "changes");
    private volatile boolean closed;
    private volatile int made;
    private volatile int failed;

    private Changes(Duration interval, Duration gap, Change change) {
        this.interval = interval.toNanos();
        this.gap = gap.toNanos();
        this.change = change;
    }

    /**
     * Starts.
     *
     * @param interval between two changes that are wanted; those that are wanted while one is made are made as one, as the agent
     *     does it
     * @param gap least time from the end of a change to the next one
     */
    static Changes start(Duration interval, Duration gap, Change change) {
        Changes changes = new Changes(interval, gap, change);
        changes.thread.start();
        return changes;
    }

    private void run() {
        long start = System.nanoTime() + CONNECTING.toNanos();
        long next = start;
        try {
            while (!closed) {
                if (System.nanoTime() - next >= 0) {
                    make();
                    long end = System.nanoTime();
                    long wanted = start + ((end - start) / interval + 1) * interval;
                    next = Math.max(wanted, end + gap);
                } else {
                    TimeUnit.MILLISECONDS.sleep(1);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void make() throws InterruptedException {
        try {
            change.make();
            made++;
        } catch (InterruptedException e) {
            throw e;
        } catch (Exception e) {
            failed++;
            System.err.println("a change failed: " + e.getMessage());
        }
    }

    /** How many are in force, or were. */
    int made() {
        return made;
    }

    int failed() {
        return failed;
    }

    /** Waits for the one that is under way. */
    @Override
    public void close() throws InterruptedException {
        closed = true;
        thread.join();
    }
}
