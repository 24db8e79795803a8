package io.grayrelease.nginx.drive;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes an Nginx read its configuration again, and sees whether it did. */
final class Reload {
    private static final Logger LOG = LoggerFactory.getLogger(Reload.class);

    /** The command that reloads reads the configuration, and so does the Nginx that runs; and it has requests to serve besides. */
    private static final int READINGS = 4;

    /** What {@code nginx -s reload} and {@code systemctl reload} say of an Nginx that does not run. */
    private static final Pattern NOT_RUNNING = Pattern.compile("open\\(\\) \".*\" failed \\(2: |invalid PID number"
            + "|kill\\([0-9]+, [0-9]+\\) failed \\(3: |is not active|is inactive");

    private final NginxProgram program;
    private final RevisionProbe probe;
    private final StaleSockets sockets;
    private final DriveTimings timings;
    private Duration reading = Duration.ZERO;

    Reload(NginxProgram program, Path runFolder, DriveTimings timings) {
        this.program = program;
        this.probe = new RevisionProbe(runFolder, timings);
        this.sockets = new StaleSockets(runFolder, timings.stale());
        this.timings = timings;
    }

    enum Kind {
        SERVED,
        NOT_RUNNING,
        FAILED
    }

    /** How it ended; why, where it failed. */
    record Result(Kind kind, String why) {}

    RevisionProbe probe() {
        return probe;
    }

    /** Removes sockets that nobody listens on. Returns whether there were any. */
    boolean removeStaleSockets() {
        try {
            List<Path> removed = sockets.remove();
            removed.forEach(
                    path -> LOG.info("removed {}: no Nginx listens on it, and none could while it was there", path));
            return !removed.isEmpty();
        } catch (IOException e) {
            LOG.warn("cannot remove a socket that no Nginx listens on: {}", e.toString());
            return false;
        }
    }

    /** Reloads and waits until a revision is served; {@code reloaded} is called in between. */
    Result bringIntoForce(long revision, Runnable reloaded) throws DriveException {
        removeStaleSockets(); // they would make an Nginx refuse whatever it reads
        ErrorLog log = ErrorLog.of(program);
        NginxProgram.Outcome outcome = reload();
        reloaded.run();
        if (!outcome.isFine()) {
            return notReloaded(revision, outcome.output());
        }
        Duration patience = patience();
        return probe.await(revision, patience)
                ? new Result(Kind.SERVED, "")
                : new Result(
                        Kind.FAILED,
                        "it was not served within " + patience.toMillis() + " ms after the reload: " + reason(log));
    }

    /** How long this Nginx has just taken to read its configuration, which it does again when it reloads. */
    void readingTakes(Duration duration) {
        reading = duration;
    }

    private Duration patience() {
        return timings.patience().plus(reading.multipliedBy(READINGS));
    }

    private Result notReloaded(long revision, String said) throws DriveException {
        if (NOT_RUNNING.matcher(said).find()) {
            if (probe.ask().isEmpty()) {
                return new Result(Kind.NOT_RUNNING, said);
            }
            if (probe.isSettled(revision)) { // it was about to start
                return new Result(Kind.SERVED, "");
            }
        }
        return new Result(Kind.FAILED, "the reload failed: " + Messages.severe(said));
    }

    private NginxProgram.Outcome reload() throws DriveException {
        try {
            return program.reload();
        } catch (DriveException e) {
            if (Thread.currentThread().isInterrupted()) {
                throw e;
            }
            return new NginxProgram.Outcome(-1, String.valueOf(e.getMessage()));
        }
    }

    private String reason(ErrorLog log) {
        List<String> severe = log.severe();
        return severe.isEmpty()
                ? "its error log, where it can be read, says nothing; is " + program.configuration()
                        + " what the Nginx that runs was started with?"
                : "Nginx says: " + String.join("; ", severe);
    }
}
