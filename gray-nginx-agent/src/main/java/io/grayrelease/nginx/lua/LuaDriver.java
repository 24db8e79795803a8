package io.grayrelease.nginx.lua;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import com.google.gson.JsonObject;

import io.grayrelease.nginx.drive.Applied;
import io.grayrelease.nginx.drive.DriveException;
import io.grayrelease.nginx.drive.Installation;
import io.grayrelease.nginx.drive.NginxDriver;
import io.grayrelease.nginx.drive.RunFolder;
import io.grayrelease.nginx.drive.UnixHttp;
import io.grayrelease.nginx.model.EdgeModel;
import io.grayrelease.nginx.model.ServiceUpstream;
import io.grayrelease.policy.model.GrayPolicy;
import io.grayrelease.policy.model.Problem;

/** Pushes policies to an Nginx that has Lua: no change of one costs a reload. Used by one thread at a time. */
public final class LuaDriver implements NginxDriver {
    private static final Logger LOG = LoggerFactory.getLogger(LuaDriver.class);
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Installation installation;
    private final PolicyFile file;
    private final LuaSettings settings;
    private final LuaControl control;
    private final Clock clock;

    private @Nullable LastGood lastGood; // what is on disk
    private volatile List<String> notes = List.of();

    public LuaDriver(Installation installation, PolicyFile file, LuaSettings settings, Clock clock) {
        this(installation, file, settings, clock, PATIENCE);
    }

    LuaDriver(Installation installation, PolicyFile file, LuaSettings settings, Clock clock, Duration patience) {
        this.installation = installation;
        this.file = file;
        this.settings = settings;
        this.control = new LuaControl(settings.socket(RunFolder.POLICY), patience);
        this.clock = clock;
        this.lastGood = file.read();
    }

    @Override
    public String name() {
        return "lua";
    }

    @Override
    public List<Problem> unsupported(GrayPolicy policy) {
        return LuaPolicy.unsupported(policy);
    }

    @Override
    public List<String> warnings() {
        return Stream.concat(installation.warnings().stream(), notes.stream()).toList();
    }

    @Override
    public boolean removeStaleSockets() {
        return installation.removeStaleSockets();
    }

    @Override
    public Applied recover() throws DriveException {
        lastGood = file.read();
        Applied applied = installation.recover();
        if (!isInstalled()) {
            return applied;
        }
        LuaControl.State state;
        try {
            state = control.state();
        } catch (IOException e) {
            return withPolicy(applied); // it does not run, of which the installation has told
        }
        LastGood good = lastGood;
        if (state.revision() > (good == null ? 0 : good.revision())) {
            adopt(state.revision()); // it was pushed, and the agent stopped before it was written down
        } else if (good != null) {
            ensure(good.tree());
        }
        return withPolicy(applied);
    }

    /** Whether the files that are current are of this driver. */
    private boolean isInstalled() {
        return Files.exists(installation.currentLink().resolve(LuaInstallation.MAIN));
    }

    private void adopt(long revision) throws DriveException {
        try {
            settle(control.policy(), revision);
        } catch (IOException e) {
            throw restored(
                    "revision " + revision + " that Nginx was told before did not come into force everywhere", e);
        }
    }

    @Override
    public Applied apply(EdgeModel model) throws DriveException {
        check(model);
        JsonObject tree = LuaPolicy.tree(model);
        GrayPolicy policy = model.policy();
        mend();
        String hash = policy == null ? null : policy.hash();
        if (installation.isInForce(this::files)) {
            ensure(tree);
            return withPolicy(installation.install(this::files, hash));
        }
        Applied files = load(tree, hash);
        if (installation.isInForce(this::files)) { // else Nginx does not run
            ensure(tree);
        }
        return withPolicy(files);
    }

    private Map<String, String> files(long revision) {
        return LuaInstallation.files(installation.currentLink(), settings, revision);
    }

    private void check(EdgeModel model) throws DriveException {
        List<String> names =
                model.upstreams().stream().map(ServiceUpstream::name).toList();
        if (!settings.upstreams().keySet().containsAll(names)) {
            throw new DriveException("found the upstreams " + names + ", expected some of "
                    + settings.upstreams().keySet());
        }
        if (!settings.trustedProxies().equals(model.sources().trustedProxies())) {
            throw new DriveException("found the trusted proxies "
                    + model.sources().trustedProxies() + ", expected " + settings.trustedProxies());
        }
    }

    /** Writes the policy on disk again, if somebody edited it: Nginx would start with it. */
    private void mend() throws DriveException {
        LastGood good = lastGood;
        if (good != null && !good.text().equals(file.text())) {
            String note = file + " was edited by hand; written again";
            LOG.warn(note);
            notes = List.of(note);
            write(good.text());
        }
    }

    /** Loads the files, with a model that new workers have from their first request on. */
    private Applied load(JsonObject tree, @Nullable String hash) throws DriveException {
        OptionalLong current = installation.current();
        String before = file.text();
        LastGood goodBefore = lastGood;
        if (goodBefore == null || !goodBefore.tree().equals(tree) || !isInstalled()) {
            startWith(tree);
        }
        try {
            return installation.install(this::files, hash);
        } catch (DriveException e) {
            if (installation.current().equals(current)) {
                takeBack(before, goodBefore);
            }
            throw e;
        }
    }

    private void startWith(JsonObject tree) throws DriveException {
        LastGood next = new LastGood(tree, nextRevision(), clock.instant());
        write(next.text());
        keep(next);
    }

    /** The files of before are in force again: so is their policy to be. */
    private void takeBack(@Nullable String text, @Nullable LastGood before) {
        try {
            boolean changed = !Objects.equals(lastGood, before);
            lastGood = before;
            file.restore(text);
            if (changed && before != null && control.state().revision() > before.revision()) {
                ensure(before.tree()); // workers of before have seen what those were to start with that never did
            }
        } catch (IOException | DriveException e) {
            LOG.warn("gray: {} could not be brought back: {}", before, e.toString());
        }
    }

    /** Makes Nginx run on a model, if it does not. */
    private void ensure(JsonObject tree) throws DriveException {
        LastGood good = lastGood;
        if (good == null || !good.tree().equals(tree) || state().revision() != good.revision()) {
            push(tree);
            return;
        }
        try {
            control.await("revision " + good.revision() + " in all workers", now -> now.isEverywhere(good.revision()));
        } catch (IOException e) {
            throw new DriveException(e.getMessage() + "; nothing is known to be in force everywhere", e);
        }
    }

    private void push(JsonObject tree) throws DriveException {
        long revision = Math.max(state().revision() + 1, nextRevision());
        String text = LuaPolicy.text(tree, revision);
        UnixHttp.Response answer;
        try {
            answer = control.put(text);
        } catch (IOException e) {
            throw new DriveException(
                    "Nginx did not answer to revision " + revision + ": " + e.getMessage() + "; on disk is " + onDisk(),
                    e);
        }
        if (answer.status() != 200) {
            throw new DriveException("Nginx refused revision " + revision + " (" + answer.status() + "): "
                    + answer.body().trim() + "; in force is " + onDisk());
        }
        try {
            settle(text, revision);
        } catch (IOException e) {
            throw restored("revision " + revision + " did not come into force", e);
        }
    }

    /** Waits for all workers, and only then writes the text down. */
    private void settle(String text, long revision) throws IOException {
        control.await("revision " + revision + " in all workers", state -> state.isEverywhere(revision));
        LastGood good = LastGood.parse(text, clock.instant());
        if (good == null) {
            throw new IOException("what Nginx has is no policy of ours");
        }
        file.write(text);
        keep(good);
    }

    private void keep(LastGood good) {
        lastGood = good;
        notes = List.of();
    }

    /** Pushes the last good policy again; what to tell. */
    private DriveException restored(String what, IOException cause) {
        String failed = what + ": " + cause.getMessage();
        LastGood good = lastGood;
        if (good == null) {
            return new DriveException(failed + "; there is no last good one to go back to", cause);
        }
        try {
            LastGood again =
                    new LastGood(good.tree(), Math.max(state().revision() + 1, nextRevision()), clock.instant());
            UnixHttp.Response answer = control.put(again.text());
            if (answer.status() != 200) {
                throw new IOException(answer.status() + " " + answer.body().trim());
            }
            control.await(
                    "revision " + again.revision() + " in all workers", now -> now.isEverywhere(again.revision()));
            keep(again);
            save(again.text());
            return new DriveException(
                    failed + "; in force again is what was before, as revision " + again.revision(), cause);
        } catch (IOException | DriveException e) {
            LOG.warn("{} could not be brought back", good, e);
            return new DriveException(
                    failed + "; the last good one, " + good + ", could not be brought back: " + e.getMessage(), cause);
        }
    }

    /** On disk is the same already, under an older number: that it cannot be replaced changes nothing. */
    private void save(String text) {
        try {
            file.write(text);
        } catch (IOException e) {
            LOG.warn("the last good policy keeps its old revision on disk", e);
        }
    }

    private void write(String text) throws DriveException {
        try {
            file.write(text);
        } catch (IOException e) {
            throw new DriveException(file + " cannot be written: " + e + "; on disk is " + onDisk(), e);
        }
    }

    private LuaControl.State state() throws DriveException {
        try {
            return control.state();
        } catch (IOException e) {
            Path socket = settings.socket(RunFolder.POLICY);
            throw new DriveException(
                    "Nginx does not answer on " + socket + " (" + e.getMessage() + "); on disk is " + onDisk(), e);
        }
    }

    /** Files and policies are counted together, so that no number means two things. */
    private long nextRevision() {
        return Math.max(installation.nextRevision(), (lastGood == null ? 0 : lastGood.revision()) + 1);
    }

    private Applied withPolicy(Applied files) {
        LastGood good = lastGood;
        if (good == null) {
            return files;
        }
        Instant at = good.revision() > files.revision() ? good.at() : files.at();
        return new Applied(Math.max(files.revision(), good.revision()), good.policy(), at, files.served());
    }

    private String onDisk() {
        return lastGood == null ? "none" : lastGood.toString();
    }

    @Override
    public void close() {
        // Nothing runs here.
    }
}
