package io.grayrelease.nginx.drive;

import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes an Nginx serve a revision, and the last good one where that fails. */
final class Activation {
    private static final Logger LOG = LoggerFactory.getLogger(Activation.class);

    private final StateFolder folder;
    private final Reload reload;
    private final Clock clock;
    private final Installation.Steps steps;
    private final List<String> notes;
    private long good;
    private @Nullable String noted;

    /**
     * One for an installation.
     *
     * @param notes where to put what people should know though nothing failed
     */
    Activation(StateFolder folder, Reload reload, Clock clock, Installation.Steps steps, List<String> notes) {
        this.folder = folder;
        this.reload = reload;
        this.clock = clock;
        this.steps = steps;
        this.notes = notes;
        this.good = folder.good().orElse(0);
    }

    /** What is served in the place of a revision that failed; null if nothing could be verified. */
    record Fallback(@Nullable Applied applied, String said) {}

    /** For people. */
    String inForce() {
        OptionalLong live = reload.probe().ask();
        return live.isPresent()
                ? "revision " + live.getAsLong() + " is in force"
                : "no Nginx says which revision is in force";
    }

    /** Loads what {@code current} points to. */
    Reload.Result load(long revision) throws DriveException {
        return reload.bringIntoForce(revision, () -> steps.done(Installation.Step.RELOADED));
    }

    /** What became of a load that did not fail. */
    Applied loaded(long revision, Reload.Result result) {
        return result.kind() == Reload.Kind.SERVED ? verified(revision) : notRunning(revision);
    }

    /** A revision was seen to be served. */
    Applied verified(long revision) {
        steps.done(Installation.Step.VERIFIED);
        noted = null;
        good = revision;
        try {
            folder.markGood(revision);
            steps.done(Installation.Step.MARKED);
            folder.prune();
        } catch (IOException e) {
            note("revision " + revision + " is in force, but cannot be marked as good: " + e);
        }
        Instant since = folder.goodSince(revision).orElseGet(clock::instant);
        return new Applied(revision, folder.policy(revision), since, true);
    }

    private Applied notRunning(long revision) {
        reload.removeStaleSockets();
        note("Nginx does not run; it will serve revision " + revision + " when it starts");
        return new Applied(revision, folder.policy(revision), clock.instant(), false);
    }

    /** Makes the last good revision take the place of one that is not served. */
    Fallback goBack(long failed) throws DriveException {
        if (good == 0 || good == failed) {
            return new Fallback(null, "no other revision was ever served that could be gone back to; " + inForce());
        }
        try {
            folder.switchTo(good);
        } catch (IOException e) {
            return new Fallback(null, "cannot go back to revision " + good + ": " + e + "; " + inForce());
        }
        Reload.Result result = reload.bringIntoForce(good, () -> {});
        if (result.kind() != Reload.Kind.SERVED) {
            return new Fallback(null, "went back to revision " + good + ", but " + result.why() + "; " + inForce());
        }
        return new Fallback(verified(good), "went back: revision " + good + " is in force");
    }

    private void note(String text) {
        if (!text.equals(noted)) {
            LOG.warn(text); // once, though it is found again and again
        }
        noted = text;
        notes.add(text);
    }
}
