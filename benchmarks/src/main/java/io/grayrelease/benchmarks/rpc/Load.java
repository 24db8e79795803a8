package io.grayrelease.benchmarks.rpc;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

import org.HdrHistogram.Histogram;
import org.apache.dubbo.rpc.RpcContext;

import io.grayrelease.benchmarks.RpcResult.Round;

/** Some threads that call without a pause, the next call when the last one is answered. Not thread-safe. */
final class Load implements AutoCloseable {
    static final int USERS = 100;

    /** The users below this one are gray. */
    static final int GRAY_USERS = 10;

    private static final String TEXT = "x".repeat(100);
    private static final long LONGEST_NANOS = TimeUnit.SECONDS.toNanos(60);
    private static final int DIGITS = 3;

    private final Variant variant;
    private final int threads;
    private final ExecutorService executor;

    Load(Variant variant, int threads) {
        this.variant = variant;
        this.threads = threads;
        this.executor = Executors.newFixedThreadPool(threads);
    }

    /** Calls for a time. */
    Round run(Echo echo, long millis) throws InterruptedException, ExecutionException {
        long start = System.nanoTime();
        long end = start + TimeUnit.MILLISECONDS.toNanos(millis);
        List<Callable<Caller>> callers = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            int firstUser = i * USERS / threads;
            callers.add(() -> new Caller(echo).callUntil(end, firstUser));
        }
        Histogram times = histogram();
        long wrong = 0;
        for (Future<Caller> future : executor.invokeAll(callers)) {
            Caller caller = future.get();
            times.add(caller.times);
            wrong += caller.wrong;
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        return new Round(times.getTotalCount() / seconds, micros(times, 50), micros(times, 99), wrong);
    }

    private static Histogram histogram() {
        return new Histogram(LONGEST_NANOS, DIGITS);
    }

    private static double micros(Histogram times, double percentile) {
        return times.getValueAtPercentile(percentile) / 1e3;
    }

    @Override
    public void close() {
        executor.shutdownNow();
    }

    /** One thread's part of a round. */
    private final class Caller {
        final Histogram times = histogram();
        final Echo echo;
        long wrong;

        Caller(Echo echo) {
            this.echo = echo;
        }

        Caller callUntil(long end, int firstUser) {
            int user = firstUser;
            for (long now = System.nanoTime(); now < end; ) {
                call(user);
                long answered = System.nanoTime();
                times.recordValue(Math.min(answered - now, LONGEST_NANOS));
                now = answered;
                user = (user + 1) % USERS;
            }
            return this;
        }

        private void call(int user) {
            boolean gray = user < GRAY_USERS;
            RpcContext attachments = RpcContext.getClientAttachment();
            attachments.setAttachment("gray-uid", String.valueOf(user));
            variant.mark(attachments, gray);
            String version = gray ? Variant.GRAY_VERSION : Variant.STABLE_VERSION;
            try {
                String answer = echo.echo(TEXT);
                if (variant.splits() && !answer.startsWith(version)) {
                    isWrong(user, answer);
                }
            } catch (RuntimeException e) {
                isWrong(user, e.toString());
            }
        }

        private void isWrong(int user, String answer) {
            wrong++;
            if (wrong == 1) { // the log of the process gets one example
                System.err.println("user " + user + ": " + answer);
            }
        }
    }
}
