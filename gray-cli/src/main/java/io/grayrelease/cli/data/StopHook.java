package io.grayrelease.cli.data;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;

/** Lets a job end in order when the process is told to: after the chunk that it is in. */
final class StopHook implements AutoCloseable {
    private static final int SECONDS_TO_END = 20;

    private final CountDownLatch ended = new CountDownLatch(1);
    private final Thread hook;

    private @Nullable Runnable stop;
    private boolean told;

    private StopHook() {
        this.hook = new Thread(this::run, "grayctl-stop");
    }

    /** To be there before the job begins, for whoever is told to end at that moment. */
    static StopHook installed() {
        StopHook hook = new StopHook();
        Runtime.getRuntime().addShutdownHook(hook.hook);
        return hook;
    }

    /** Says how the job is stopped, which is done at once if the process was told to end already. */
    synchronized void stops(Runnable how) {
        stop = how;
        if (told) {
            how.run();
        }
    }

    private synchronized void told() {
        told = true;
        if (stop != null) {
            stop.run();
        }
    }

    private void run() {
        told();
        try {
            if (!ended.await(SECONDS_TO_END, TimeUnit.SECONDS)) {
                System.err.println("grayctl: it did not end in time; others go on where it was");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        ended.countDown();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // the process ends, which is why the job did
        }
    }
}
