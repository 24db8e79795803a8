package io.grayrelease.nginx.drive;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;

/** Asks an Nginx which revision it serves. Thread-safe. */
final class RevisionProbe {
    private final UnixHttp http;
    private final DriveTimings timings;

    RevisionProbe(Path runFolder, DriveTimings timings) {
        this.http = new UnixHttp(runFolder.resolve(RunFolder.REVISION), timings.answer());
        this.timings = timings;
    }

    /** Which revision answers; empty if none does. */
    OptionalLong ask() {
        try {
            UnixHttp.Response response = http.get("/revision");
            return response.status() == 200
                    ? OptionalLong.of(Long.parseLong(response.body().trim()))
                    : OptionalLong.empty();
        } catch (IOException | NumberFormatException e) {
            return OptionalLong.empty();
        }
    }

    /** Whether a revision is served; asks again before it says no, for an answer can be late. */
    boolean isServed(long revision) {
        OptionalLong answer = ask();
        return (answer.isPresent() ? answer : ask()).equals(OptionalLong.of(revision));
    }

    /** Whether all workers serve a revision: for a while after a reload, old ones take connections from the same socket, too. */
    boolean isSettled(long revision) throws DriveException {
        long settled = System.nanoTime() + timings.settle().toNanos();
        boolean served = isServed(revision);
        while (served && System.nanoTime() < settled) {
            pause();
            served = isServed(revision);
        }
        return served;
    }

    /** Waits until all workers serve a revision; whether it was in time. */
    boolean await(long revision, Duration patience) throws DriveException {
        long deadline = System.nanoTime() + patience.toNanos();
        boolean settled = isSettled(revision);
        while (!settled && System.nanoTime() < deadline) {
            pause();
            settled = isSettled(revision);
        }
        return settled;
    }

    private void pause() throws DriveException {
        try {
            TimeUnit.NANOSECONDS.sleep(timings.poll().toNanos());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DriveException("interrupted while waiting for Nginx", e);
        }
    }
}
