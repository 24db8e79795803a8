package io.grayrelease.nginx.drive;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.LongFunction;
import java.util.function.LongSupplier;
import java.util.stream.Stream;

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
    private final LongSupplier numbered;
    private final StateFolder folder;
    private final Reload reload;
    private final Activation activation;
    private final Clock clock;
    private final Steps steps;
    private final List<String> notes = new CopyOnWriteArrayList<>(); // of what was asked last
    private final List<String> lasting = new CopyOnWriteArrayList<>(); // of what is installed
    private @Nullable Left left;
    private @Nullable String unrestored; // an edit that Nginx may have loaded

    /** How the folder was left, so that an edit is found. */
    private record Left(long revision, @Nullable Manifest manifest) {}

    Installation(
            NginxProgram program,
            Path stateFolder,
            Path runFolder,
            DriveTimings timings,
            LongSupplier numbered,
            Clock clock,
            Steps steps) {
        this.program = program;
        this.runFolder = runFolder;
        this.numbered = numbered;
        this.reload = new Reload(program, runFolder, timings);
        this.clock = clock;
        this.steps = steps;
        this.folder = StateFolder.at(stateFolder);
        this.activation = new Activation(folder, reload, clock, steps, notes);
    }

    /**
     * One that touches nothing yet.
     *
     * @param stateFolder where revisions lie; created when need be
     * @param runFolder where the sockets of Nginx lie; likewise
     * @param numbered the highest number that was given to anything else than files; these are never given again
     */
    public static Installation of(
            NginxProgram program, Path stateFolder, Path runFolder, DriveTimings timings, LongSupplier numbered) {
        return new Installation(program, stateFolder, runFolder, timings, numbered, Clock.systemUTC(), step -> {});
    }

    /** What the configuration of Nginx includes files of, and files name each other by. */
    public Path currentLink() {
        return folder.currentLink();
    }

    /** A number that nothing has had yet, as far as can be seen. */
    public long nextRevision() {
        long live = reload.probe().ask().orElse(0); // higher, where somebody emptied the state folder
        return Math.max(Math.max(folder.highest(), live), numbered.getAsLong()) + 1;
    }

    /** Which revision Nginx includes; empty if none. */
    public OptionalLong current() {
        return folder.current();
    }

    /** Whether these files are the current ones, and as they were written. */
    private boolean isCurrent(LongFunction<Map<String, String>> files) {
        OptionalLong current = folder.current();
        return current.isPresent() && folder.holds(current.getAsLong(), files.apply(current.getAsLong()));
    }

    /** Whether Nginx serves them, too. */
    public boolean isInForce(LongFunction<Map<String, String>> files) {
        return isCurrent(files) && reload.probe().isServed(folder.current().orElse(0)) && edit().isEmpty();
    }

    /**
     * Brings files into force. Those that are in force already, but for the number of the revision, cost one question to Nginx; those
     * that somebody has edited are written and loaded again, and so are those that {@code current} does not point to any more. An
     * Nginx that does not run will serve them when it starts. {@link #warnings} tells all that.
     *
     * @param files by name, for a given number of a revision
     * @param policy the hash of the policy that they were made of; null: of none
     * @throws DriveException telling what failed and what is in force now
     */
    public Applied install(LongFunction<Map<String, String>> files, @Nullable String policy) throws DriveException {
        notes.clear();
        try {
            folder.create();
            RunFolder.create(runFolder); // somebody may have emptied /run
            Optional<String> edit = edit();
            if (edit.isEmpty() && isCurrent(files)) {
                return unchanged(folder.current().orElseThrow(), policy);
            }
            if (edit.isPresent()) {
                unrestored = edit.get();
                undo(files, edit.get());
            }
            Applied applied = change(files, policy);
            unrestored = null;
            edit.ifPresent(what -> lasting.add(what + "; revision " + applied.revision() + " restored it"));
            return applied;
        } catch (IOException e) {
            throw failure("cannot write a revision: " + e, e);
        } finally {
            leave();
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
        long revision = nextRevision();
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
            lasting.clear();
            if (!configuration.includes(PROXY)) {
                lasting.add(notIncluded(PROXY, "the locations that proxy, else what clients forge is passed on"));
            }
            if (configuration.usesNumberedCaptures()
                    && Files.readString(stage.resolve(HTTP)).contains("map ")) {
                lasting.add(
                        program.configuration() + " or what it includes uses $1 to $9 beside gray-*.conf, whose regular"
                                + " expressions change them, by what clients send, too; expected named captures: (?<name>...)");
            }
            long start = System.nanoTime();
            NginxProgram.Outcome outcome = program.test(configuration.main());
            reload.readingTakes(Duration.ofNanos(System.nanoTime() - start));
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
            throw new DriveException("revision " + revision + " is not in force: " + result.why() + "; " + said);
        }
        return activation.loaded(revision, result);
    }

    private void leave() {
        OptionalLong current = folder.current();
        left = current.isEmpty() ? null : new Left(current.getAsLong(), folder.manifest(current.getAsLong()));
    }

    /** What somebody else has done since; before anything was installed here, to the files that are current. */
    private Optional<String> edit() {
        if (unrestored != null) {
            return Optional.of(unrestored);
        }
        Left before = left;
        OptionalLong current = folder.current();
        if (before != null && !current.equals(OptionalLong.of(before.revision()))) {
            return Optional.of(folder.currentLink() + " did not point to revision " + before.revision() + " any more");
        }
        return current.isEmpty() ? Optional.empty() : edited(current.getAsLong());
    }

    private Optional<String> edited(long revision) {
        return folder.edited(revision).map(name -> folder.revision(revision).resolve(name) + " was edited by hand");
    }

    /** Writes the same files where they were, so that a failure from now on goes back to what it should be. */
    private void undo(LongFunction<Map<String, String>> files, String edit) throws IOException {
        LOG.warn("{}: written again", edit);
        Left before = left;
        if (before != null) {
            Map<String, String> again = files.apply(before.revision());
            if (Manifest.of(again).equals(before.manifest())) {
                folder.rewrite(before.revision(), again);
                folder.switchTo(before.revision());
            }
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
            folder.create();
            RunFolder.create(runFolder);
            folder.clean();
            reload.removeStaleSockets();
            if (folder.current().isEmpty() && folder.good().isPresent()) {
                folder.switchTo(folder.good().getAsLong());
            }
            OptionalLong current = folder.current();
            if (current.isEmpty()) {
                return new Applied(0, null, clock.instant(), false);
            }
            edited(current.getAsLong()).ifPresent(notes::add);
            return recover(current.getAsLong());
        } catch (IOException e) {
            throw failure("cannot recover: " + e, e);
        } finally {
            leave();
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
        if (fallback.applied() == null) {
            throw new DriveException(what + "; " + fallback.said());
        }
        notes.add(what + "; " + fallback.said());
        return fallback.applied();
    }

    /** What people should know of what was done last and of what is installed, though nothing failed. Thread-safe. */
    public List<String> warnings() {
        return Stream.concat(notes.stream(), lasting.stream()).toList();
    }

    /**
     * Removes sockets that a killed Nginx left behind, for the next cannot bind to them. Costs a question to an Nginx that runs.
     *
     * @return whether there were any
     */
    public boolean removeStaleSockets() {
        return reload.probe().ask().isEmpty() && reload.removeStaleSockets();
    }
}
