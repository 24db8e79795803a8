package io.grayrelease.cli.data;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Lets a job end in order when the process is told to: after the chunk that it is in. */
final class StopHook implements AutoCloseable {
    private static final int SECONDS_TO_END = 20;

    private final CountDownLatch ended = new CountDownLatch(1);
    private final Thread hook;

    private StopHook(Runnable stop) {
        this.hook = new Thread(() -> run(stop), "grayctl-stop");
    }

    static StopHook of(Runnable stop) {
        StopHook hook = new StopHook(stop);
        Runtime.getRuntime().addShutdownHook(hook.hook);
        return hook;
    }

    private void run(Runnable stop) {
        stop.run();
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
