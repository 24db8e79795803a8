package io.grayrelease.nginx.drive;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.LongFunction;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The files that an Nginx includes, and the protocol by which others take their place: they are staged, tested, switched to by the
 * rename of a link, loaded, and seen to be served; else the last ones that were served take their place again. Used by one thread
 * at a time, but for {@link #warnings}; the caller holds the {@link AgentLock}.
 */
public final class Installation {
    /** Included in the http block. */
    public static final String HTTP = "gray-http.conf";

    /** Included where requests are proxied. */
    public static final String PROXY = "gray-proxy.conf";

    private static final Logger LOG = LoggerFactory.getLogger(Installation.class);

    /** What is done one after another. */
    enum Step {
        STAGED,
        TESTED,
        KEPT,
        SWITCHED,
        RELOADED,
        VERIFIED,
        MARKED
    }

    /** Told of every step that was done. */
    interface Steps {
        void done(Step step);
    }

    private final NginxProgram program;
    private final Path runFolder;
    private final StateFolder folder;
    private final Reload reload;
    private final Activation activation;
    private final Clock clock;
    private final Steps steps;
    private final List<String> notes = new CopyOnWriteArrayList<>();
    private @Nullable Installed last;

    /** What was installed last, so that it can be written again. */
    private record Installed(long revision, LongFunction<Map<String, String>> files, @Nullable String policy) {}

    Installation(NginxProgram program, Path stateFolder, Path runFolder, DriveTimings timings, Clock clock, Steps steps)
            throws DriveException {
        this.program = program;
        this.runFolder = runFolder;
        this.reload = new Reload(program, runFolder, timings);
        this.clock = clock;
        this.steps = steps;
        try {
            this.folder = StateFolder.in(stateFolder);
        } catch (IOException e) {
            throw new DriveException("cannot use the state folder " + stateFolder + ": " + e, e);
        }
        this.activation = new Activation(folder, reload, clock, steps, notes);
    }

    /**
     * Opens one.
     *
     * @param stateFolder where revisions lie; created if need be
     * @param runFolder where the sockets of Nginx lie; likewise
     * @throws DriveException if the state folder cannot be created
     */
    public static Installation open(NginxProgram program, Path stateFolder, Path runFolder, DriveTimings timings)
            throws DriveException {
        return new Installation(program, stateFolder, runFolder, timings, Clock.systemUTC(), step -> {});
    }

    /**
     * Brings files into force. Those that are in force already, but for the number of the revision, cost one question to Nginx. An
     * Nginx that does not run will serve them when it starts; {@link #warnings} says so.
     *
     * @param files by name, for a given number of a revision
     * @param policy the hash of the policy that they were made of; null: of none
     * @throws DriveException telling what failed and what is in force now
     */
    public Applied install(LongFunction<Map<String, String>> files, @Nullable String policy) throws DriveException {
        notes.clear();
        try {
            OptionalLong current = folder.current();
            boolean same = current.isPresent() && folder.holds(current.getAsLong(), files.apply(current.getAsLong()));
            Applied applied = same ? unchanged(current.getAsLong(), policy) : change(files, policy);
            last = new Installed(applied.revision(), files, policy);
            return applied;
        } catch (IOException e) {
            throw failure("cannot write a revision: " + e, e);
        }
    }

    private Applied unchanged(long revision, @Nullable String policy) throws IOException, DriveException {
        if (!Objects.equals(folder.policy(revision), policy)) {
            folder.relabel(revision, policy);
        }
        return reload.probe().isServed(revision) ? activation.verified(revision) : activate(revision);
    }

    private Applied change(LongFunction<Map<String, String>> files, @Nullable String policy)
            throws IOException, DriveException {
        long live = reload.probe().ask().orElse(0); // higher, where somebody emptied the state folder
        long revision = Math.max(folder.highest(), live) + 1;
        boolean switched = false;
        try {
            prepare(revision, files.apply(revision), policy);
            folder.switchTo(revision);
            switched = true;
        } finally {
            if (!switched) {
                folder.discard(revision);
            }
        }
        steps.done(Step.SWITCHED);
        return activate(revision);
    }

    private void prepare(long revision, Map<String, String> files, @Nullable String policy)
            throws IOException, DriveException {
        Files.createDirectories(runFolder); // Nginx binds to its sockets even when it only tests
        Path stage = folder.stage(revision, files, policy);
        steps.done(Step.STAGED);
        test(revision, stage);
        steps.done(Step.TESTED);
        folder.keep(revision);
        steps.done(Step.KEPT);
    }

    private void test(long revision, Path stage) throws IOException, DriveException {
        try (StagedConfiguration configuration =
                StagedConfiguration.of(folder.currentLink(), program.configuration(), stage)) {
            if (!configuration.includes(HTTP)) {
                throw failure(notIncluded(HTTP, "its http block"), null);
            }
            if (!configuration.includes(PROXY)) {
                notes.add(notIncluded(PROXY, "the locations that proxy, else what clients forge is passed on"));
            }
            NginxProgram.Outcome outcome = program.test(configuration.main());
            if (!outcome.isFine()) {
                String said = Messages.severe(configuration.explain(outcome.output()));
                throw failure("nginx -t refuses revision " + revision + ": " + said, null);
            }
        }
    }

    private String notIncluded(String name, String where) {
        Path file = folder.currentLink().resolve(name);
        return program.configuration() + " does not include " + file + ": expected \"include " + file + ";\" in "
                + where;
    }

    private DriveException failure(String what, @Nullable Throwable cause) {
        return new DriveException(what + "; " + activation.inForce(), cause);
    }

    private Applied activate(long revision) throws DriveException {
        Reload.Result result = activation.load(revision);
        if (result.kind() == Reload.Kind.FAILED) {
            String said = activation.goBack(revision).said();
            forgetUnlessCurrent();
            throw new DriveException("revision " + revision + " is not in force: " + result.why() + "; " + said);
        }
        return activation.loaded(revision, result);
    }

    /** What was gone back from is not to be restored. */
    private void forgetUnlessCurrent() {
        if (last != null && !folder.current().equals(OptionalLong.of(last.revision()))) {
            last = null;
        }
    }

    /**
     * After a start at any moment of {@link #install}: removes what was left half-done, and makes Nginx serve what was about to be
     * in force, or what was last. Revision 0: nothing was ever installed.
     *
     * @throws DriveException if Nginx runs and serves neither
     */
    public Applied recover() throws DriveException {
        notes.clear();
        try {
            Files.createDirectories(runFolder);
            folder.clean();
            reload.removeStaleSockets();
            if (folder.current().isEmpty() && folder.good().isPresent()) {
                folder.switchTo(folder.good().getAsLong());
            }
            OptionalLong current = folder.current();
            if (current.isEmpty()) {
                return new Applied(0, null, clock.instant());
            }
            folder.edited(current.getAsLong())
                    .ifPresent(name -> notes.add(edited(current.getAsLong(), name)
                            + "; it stays in force until the next policy or address changes it"));
            return recover(current.getAsLong());
        } catch (IOException e) {
            throw failure("cannot recover: " + e, e);
        }
    }

    private Applied recover(long revision) throws DriveException {
        if (reload.probe().isSettled(revision)) {
            return activation.verified(revision);
        }
        Reload.Result result = activation.load(revision);
        if (result.kind() != Reload.Kind.FAILED) {
            return activation.loaded(revision, result);
        }
        String what = "revision " + revision + " could not be recovered: " + result.why();
        Activation.Fallback fallback = activation.goBack(revision);
        forgetUnlessCurrent();
        if (fallback.applied() == null) {
            throw new DriveException(what + "; " + fallback.said());
        }
        notes.add(what + "; " + fallback.said());
        return fallback.applied();
    }

    /**
     * Writes and loads again what was installed, if somebody edited its files or pointed {@code current} elsewhere. Returns whether
     * somebody had.
     *
     * @throws DriveException telling what failed and what is in force now
     */
    public boolean restoreIfEdited() throws DriveException {
        Installed installed = last;
        Optional<String> edit = installed == null ? Optional.empty() : edit(installed.revision());
        if (installed == null || edit.isEmpty()) {
            return false;
        }
        LOG.warn("{}: written again", edit.get());
        notes.clear();
        try {
            // first where it was, so that a failure goes back to what it should be
            folder.rewrite(installed.revision(), installed.files().apply(installed.revision()));
            folder.switchTo(installed.revision());
            Applied applied = change(installed.files(), installed.policy());
            last = new Installed(applied.revision(), installed.files(), installed.policy());
            notes.add(edit.get() + "; revision " + applied.revision() + " restored it");
            return true;
        } catch (IOException e) {
            throw failure(edit.get() + ", and cannot be written again: " + e, e);
        }
    }

    private Optional<String> edit(long revision) {
        return folder.current().equals(OptionalLong.of(revision))
                ? folder.edited(revision).map(name -> edited(revision, name))
                : Optional.of(folder.currentLink() + " did not point to revision " + revision + " any more");
    }

    private String edited(long revision, String name) {
        return folder.revision(revision).resolve(name) + " was edited by hand";
    }

    /** What people should know of what was done last, though it did not fail. Thread-safe. */
    public List<String> warnings() {
        return List.copyOf(notes);
    }

    /**
     * Removes sockets that a killed Nginx left behind, for the next cannot bind to them.
     *
     * @return whether there were any
     */
    public boolean removeStaleSockets() {
        return reload.removeStaleSockets();
    }
}
