package io.grayrelease.nginx.lua;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import com.google.gson.JsonObject;

import io.grayrelease.nginx.drive.Applied;
import io.grayrelease.nginx.drive.DriveException;
import io.grayrelease.nginx.drive.NginxDriver;
import io.grayrelease.nginx.drive.NginxProgram;
import io.grayrelease.nginx.drive.UnixHttp;
import io.grayrelease.nginx.model.EdgeModel;
import io.grayrelease.nginx.model.ServiceUpstream;
import io.grayrelease.policy.model.GrayPolicy;
import io.grayrelease.policy.model.Problem;

/** Pushes policies to an Nginx that has Lua: no change of one costs a reload. Used by one thread at a time. */
public final class LuaDriver implements NginxDriver {
    private static final Logger LOG = LoggerFactory.getLogger(LuaDriver.class);
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final LuaSettings settings;
    private final LuaFolders folders;
    private final LuaControl control;
    private final LuaInstaller installer;
    private final Clock clock;

    private @Nullable LastGood lastGood;
    private boolean verified; // whether the last good one is what Nginx runs

    /** @param stateDir the folder whose {@code current} Nginx includes */
    public LuaDriver(Path stateDir, LuaSettings settings, NginxProgram program, Clock clock) {
        this(stateDir, settings, program, clock, PATIENCE);
    }

    LuaDriver(Path stateDir, LuaSettings settings, NginxProgram program, Clock clock, Duration patience) {
        this.settings = settings;
        this.folders = new LuaFolders(stateDir);
        this.control = new LuaControl(settings.socket(), patience);
        this.installer = new LuaInstaller(folders, settings, program, control);
        this.clock = clock;
        this.lastGood = folders.lastGood();
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
        return List.of();
    }

    @Override
    public Applied recover() throws DriveException {
        lastGood = folders.lastGood();
        verified = false;
        installer.ensure(revision() + 1);
        LuaControl.State state = state();
        if (lastGood == null ? state.revision() > 0 : state.revision() > lastGood.revision()) {
            adopt(state.revision()); // it was pushed, and the agent stopped before it was written down
        } else if (lastGood != null) {
            confirm(lastGood, state);
        }
        verified = true;
        return lastGood == null ? new Applied(0, null, clock.instant()) : lastGood.applied();
    }

    private void adopt(long revision) throws DriveException {
        String text;
        try {
            text = control.policy();
            settle(text, revision);
        } catch (IOException e) {
            throw restored(
                    "revision " + revision + " that Nginx was told before did not come into force everywhere", e);
        }
    }

    private void confirm(LastGood good, LuaControl.State state) throws DriveException {
        if (state.revision() < good.revision()) {
            push(good.tree());
            return;
        }
        try {
            control.await("revision " + good.revision() + " in all workers", now -> now.isEverywhere(good.revision()));
        } catch (IOException e) {
            throw new DriveException(e.getMessage() + "; nothing is known to be in force everywhere", e);
        }
    }

    @Override
    public Applied apply(EdgeModel model) throws DriveException {
        check(model);
        JsonObject tree = LuaPolicy.tree(model);
        LastGood same = verified && lastGood != null && lastGood.tree().equals(tree) ? lastGood : null;
        if (same == null || folders.installed(settings) == null) {
            installer.ensure(revision() + 1);
        }
        if (same != null) {
            return same.applied();
        }
        return push(tree).applied();
    }

    private void check(EdgeModel model) throws DriveException {
        List<String> names =
                model.upstreams().stream().map(ServiceUpstream::name).toList();
        if (!settings.upstreams().containsAll(names)) {
            throw new DriveException("found the upstreams " + names + ", expected some of " + settings.upstreams());
        }
        if (!settings.trustedProxies().equals(model.sources().trustedProxies())) {
            throw new DriveException("found the trusted proxies "
                    + model.sources().trustedProxies() + ", expected " + settings.trustedProxies());
        }
    }

    private LastGood push(JsonObject tree) throws DriveException {
        long revision = Math.max(state().revision(), revision()) + 1;
        String text = LuaPolicy.text(tree, revision);
        UnixHttp.Response answer;
        try {
            answer = control.put(text);
        } catch (IOException e) {
            verified = false; // it may have been taken
            throw new DriveException(
                    "Nginx did not answer to revision " + revision + ": " + e.getMessage() + "; on disk is " + onDisk(),
                    e);
        }
        if (answer.status() != 200) {
            throw new DriveException("Nginx refused revision " + revision + " (" + answer.status() + "): "
                    + answer.body().trim() + "; in force is " + onDisk());
        }
        try {
            return settle(text, revision);
        } catch (IOException e) {
            throw restored("revision " + revision + " did not come into force", e);
        }
    }

    /** Waits for all workers, and only then writes the text down. */
    private LastGood settle(String text, long revision) throws IOException {
        verified = false;
        control.await("revision " + revision + " in all workers", state -> state.isEverywhere(revision));
        Instant at = clock.instant();
        LastGood good = LastGood.parse(text, at);
        if (good == null) {
            throw new IOException("what Nginx has is no policy of ours");
        }
        folders.save(text);
        lastGood = good;
        verified = true;
        return good;
    }

    /** Pushes the last good policy again; what to tell. */
    private DriveException restored(String what, IOException cause) {
        String failed = what + ": " + cause.getMessage();
        LastGood good = lastGood;
        if (good == null) {
            return new DriveException(failed + "; there is no last good one to go back to", cause);
        }
        try {
            long revision = Math.max(state().revision(), good.revision()) + 1;
            String text = LuaPolicy.text(good.tree(), revision);
            UnixHttp.Response answer = control.put(text);
            if (answer.status() != 200) {
                throw new IOException(answer.status() + " " + answer.body().trim());
            }
            control.await("revision " + revision + " in all workers", state -> state.isEverywhere(revision));
            lastGood = new LastGood(good.tree(), revision, clock.instant());
            verified = true;
            save(text);
            return new DriveException(failed + "; in force again is what was before, as revision " + revision, cause);
        } catch (IOException | DriveException e) {
            LOG.warn("{} could not be brought back", good, e);
            return new DriveException(
                    failed + "; the last good one, " + good + ", could not be brought back: " + e.getMessage(), cause);
        }
    }

    /** On disk is the same already, under an older number: that it cannot be replaced changes nothing. */
    private void save(String text) {
        try {
            folders.save(text);
        } catch (IOException e) {
            LOG.warn("the last good policy keeps its old revision on disk", e);
        }
    }

    private LuaControl.State state() throws DriveException {
        try {
            return control.state();
        } catch (IOException e) {
            throw new DriveException(
                    "Nginx does not answer on " + settings.socket() + " (" + e.getMessage() + "); on disk is "
                            + onDisk(),
                    e);
        }
    }

    private long revision() {
        return lastGood == null ? 0 : lastGood.revision();
    }

    private String onDisk() {
        return lastGood == null ? "none" : lastGood.toString();
    }

    @Override
    public void close() {
        // Nothing runs here.
    }
}
