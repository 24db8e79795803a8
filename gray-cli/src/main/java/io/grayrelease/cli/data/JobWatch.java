package io.grayrelease.cli.data;

import java.sql.SQLException;
import java.util.concurrent.TimeUnit;

import picocli.CommandLine;

/** Shows how far a job is until the part of this process ends; told to stop, it ends after its chunk. */
final class JobWatch {
    private static final long LOOK_MILLIS = 300;

    private JobWatch() {}

    /** The part of this process in a job. */
    interface Part {
        boolean await(long time, TimeUnit unit) throws InterruptedException;

        void stop();

        /** Shows how far the job of all processes is. */
        void show(JobBar bar) throws SQLException;
    }

    /** What begins such a part. */
    interface Begin {
        Part begin() throws SQLException;
    }

    static void untilEnd(Begin job, CommandLine line, String task) throws SQLException, InterruptedException {
        try (StopHook hook = StopHook.installed()) {
            Part part = job.begin();
            hook.stops(part::stop);
            watch(part, line, task);
        }
    }

    private static void watch(Part part, CommandLine line, String task) throws InterruptedException {
        try (JobBar bar = JobBar.of(line, task)) {
            while (!part.await(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
                show(part, bar);
            }
            show(part, bar);
        } catch (InterruptedException e) {
            part.stop();
            throw e;
        }
    }

    private static void show(Part part, JobBar bar) {
        try {
            part.show(bar);
        } catch (SQLException e) {
            bar.problem("the new store does not answer: " + Stores.reason(e));
        }
    }
}
