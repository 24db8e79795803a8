package io.grayrelease.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Publishes a file whenever it is saved, until the demo is ended. */
final class Play {
    private static final long LOOK_MILLIS = 300;
    private static final int LOOKS_PER_SHARES = 10;
    private static final int UIDS = 500;

    private final Fleet fleet;
    private final Publisher publisher;
    private final Report report;
    private final Path file;
    private String last = "";

    Play(Fleet fleet, Publisher publisher, Report report, Path file) {
        this.fleet = fleet;
        this.publisher = publisher;
        this.report = report;
        this.file = file;
    }

    /** Publishes and shows shares. */
    void run() {
        tell();
        for (int looks = 0; !Thread.currentThread().isInterrupted(); looks++) {
            boolean published = publishIfSaved();
            if (published || looks % LOOKS_PER_SHARES == 0) {
                report.note(Shares.of(fleet.send(0, UIDS)).line());
            }
            Deadline.pause(LOOK_MILLIS);
        }
    }

    /** Publishes, and leaves it to others to send requests. */
    void publishSaved() {
        tell();
        while (!Thread.currentThread().isInterrupted()) {
            publishIfSaved();
            Deadline.pause(LOOK_MILLIS);
        }
    }

    private void tell() {
        report.step("Your turn", "Edit " + file + " and save it: it is published each time. Ctrl-C ends the demo.");
    }

    private boolean publishIfSaved() {
        String text = read();
        if (text.equals(last) || text.isBlank()) {
            return false; // some editors empty a file before they write it
        }
        last = text;
        try {
            publish(new Policy(text));
        } catch (IllegalArgumentException e) {
            report.failure("not published, since it is no properties file: " + e.getMessage());
        }
        return true;
    }

    private void publish(Policy policy) {
        String hash = policy.hash();
        publisher.publish(policy);
        fleet.await(
                publisher.patience(),
                "every process to read policy " + hash,
                inForce -> inForce.hash().equals(hash) || inForce.rejected().equals(hash));
        List<String> problems = fleet.policies().stream()
                .flatMap(inForce -> inForce.problems().stream())
                .distinct()
                .toList();
        report.note("");
        if (problems.isEmpty()) {
            report.claim("published " + hash + ", in force", true);
        } else {
            report.refused("published " + hash + ", and refused:", problems);
        }
    }

    private String read() {
        try {
            return Files.exists(file) ? Files.readString(file) : "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
