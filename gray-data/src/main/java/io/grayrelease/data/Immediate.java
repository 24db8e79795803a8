package io.grayrelease.data;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings the events of a write over as soon as it is committed, so that gray requests read what they wrote. It never throws, and
 * never holds a writer longer than its limit: the relay brings the same events in any case. Thread-safe.
 */
final class Immediate {
    private static final Logger LOG = LoggerFactory.getLogger(Immediate.class);
    private static final AtomicInteger THREADS = new AtomicInteger();
    private static final int MOST_THREADS = 8;
    // More take longer than any writer waits, and some more than a statement has parameters.
    private static final int MOST_EVENTS = 500;

    private final Inbox inbox;
    private final long limitMillis;
    private final Counts counts;
    private final Breaker breaker = new Breaker(System::nanoTime);
    // Without a queue: who would have to wait leaves it to the relay.
    private final ThreadPoolExecutor threads =
            new ThreadPoolExecutor(0, MOST_THREADS, 10, TimeUnit.SECONDS, new SynchronousQueue<>(), Immediate::thread);

    Immediate(Inbox inbox, Duration limit, Counts counts) {
        this.inbox = inbox;
        this.limitMillis = limit.toMillis();
        this.counts = counts;
    }

    private static Thread thread(Runnable task) {
        return Daemon.thread(task, "immediate-" + THREADS.incrementAndGet());
    }

    void apply(List<Event> events) {
        if (events.isEmpty()) {
            return;
        }
        if (events.size() > MOST_EVENTS || !breaker.allows()) {
            counts.immediateSkipped.increment();
            return;
        }
        try {
            await(threads.submit(() -> {
                inbox.accept(events);
                return true;
            }));
            breaker.succeeded();
            counts.immediateDone.increment();
        } catch (RejectedExecutionException | TimeoutException | ExecutionException e) {
            failed(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void await(Future<?> applied) throws InterruptedException, ExecutionException, TimeoutException {
        applied.get(limitMillis, TimeUnit.MILLISECONDS);
    }

    private void failed(Exception e) {
        breaker.failed();
        counts.immediateFailed.increment();
        LOG.debug("gray: left to the relay", e);
    }

    /** Whether the store did not answer lately. */
    boolean isBroken() {
        return breaker.isOpen();
    }

    void close() {
        threads.shutdown();
    }
}
