package io.grayrelease.cli.fleet;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

import io.grayrelease.cli.text.UnreadableException;

/** Waits until all processes run on a policy that was just published. */
final class Waiting {
    private static final int POLL_MILLIS = 200;
    private static final double NANOS_PER_SECOND = 1e9;

    private final ZooKeeper zooKeeper;
    private final String hash;
    private final long start = System.nanoTime();

    Waiting(ZooKeeper zooKeeper, String hash) {
        this.zooKeeper = zooKeeper;
        this.hash = hash;
    }

    /** Until nobody is left to wait for, or the time is over; an interrupt ends it, too. */
    Arrival await(Duration timeout, Progress progress) {
        Arrival arrival = look();
        progress.show(arrival);
        try {
            while (!arrival.isOver() && System.nanoTime() - start < timeout.toNanos()) {
                TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
                arrival = look();
                progress.show(arrival);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return arrival;
    }

    /** ZooKeeper may be away for a moment: that is no reason to give up. */
    private Arrival look() {
        try {
            return Arrival.of(hash, zooKeeper.instances(), seconds());
        } catch (UnreadableException e) {
            return Arrival.unknown(hash, seconds(), String.valueOf(e.getMessage()));
        }
    }

    private double seconds() {
        return (System.nanoTime() - start) / NANOS_PER_SECOND;
    }
}
