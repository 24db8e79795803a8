package io.grayrelease.dubbo.context.testkit;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Tasks that look at the threads of one executor. Each holds its thread until all threads are reached, so that no thread
 * runs two of them while another runs none.
 */
final class Probes {
    private static final int TRIES_AFTER_REJECTION = 20;

    private final Executor executor;
    private final long deadline;
    private final Thread caller = Thread.currentThread();
    private final Map<Thread, List<String>> found = new ConcurrentHashMap<>();
    private final Semaphore ran = new Semaphore(0);
    private final CountDownLatch release = new CountDownLatch(1);

    private Probes(Executor executor, Duration timeout) {
        this.executor = executor;
        this.deadline = System.nanoTime() + timeout.toNanos();
    }

    /** What is left on the threads of the executor, a line for each. */
    static List<String> run(Executor executor, Duration timeout) {
        return new Probes(executor, timeout).run();
    }

    private List<String> run() {
        List<String> problems = new ArrayList<>();
        try {
            // More than one round only where a pool made a new thread for a probe while an old one was just getting
            // idle.
            int missing = threads();
            while (missing > 0 && handIn(missing)) {
                missing = threads() - found.size();
            }
            if (missing > 0) {
                problems.add(found.size() + " of " + threads() + " threads could be looked at of " + executor);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            problems.add("interrupted while looking at the threads of " + executor);
        } finally {
            release.countDown();
        }
        found.values().forEach(problems::addAll);
        return problems;
    }

    /** The threads to reach. A pool below its core size makes a new one for each task before it uses its old ones. */
    private int threads() {
        if (executor instanceof ThreadPoolExecutor) {
            ThreadPoolExecutor pool = (ThreadPoolExecutor) executor;
            return Math.max(pool.getCorePoolSize(), pool.getPoolSize());
        }
        return executor instanceof ForkJoinPool ? ((ForkJoinPool) executor).getParallelism() : 1;
    }

    /** Whether as many probes ran in time. */
    private boolean handIn(int probes) throws InterruptedException {
        for (int i = 0; i < probes; i++) {
            if (!accepted()) {
                return false;
            }
        }
        return ran.tryAcquire(probes, deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
    }

    /** A pool without a queue rejects while its threads are on the way from the last task to being idle. */
    private boolean accepted() throws InterruptedException {
        for (int i = 0; i < TRIES_AFTER_REJECTION; i++) {
            try {
                executor.execute(this::look);
                return true;
            } catch (RejectedExecutionException busy) {
                TimeUnit.MILLISECONDS.sleep(10);
            }
        }
        return false;
    }

    private void look() {
        if (Thread.currentThread() != caller) { // as CallerRunsPolicy does it: none of the pool's threads is free
            found.put(Thread.currentThread(), CleanThreads.remains());
            ran.release();
            hold();
        }
    }

    private void hold() {
        try {
            release.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
