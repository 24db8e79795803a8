package io.grayrelease.nginx.lua;

import java.io.IOException;
import java.nio.file.Path;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.grayrelease.nginx.drive.DriveException;
import io.grayrelease.nginx.drive.NginxProgram;
import io.grayrelease.nginx.drive.NginxProgram.Outcome;

/** Brings the files into use that do not depend on the policy. Each change of them costs a reload. Used by one thread at a time. */
final class LuaInstaller {
    private static final Logger LOG = LoggerFactory.getLogger(LuaInstaller.class);

    private final LuaFolders folders;
    private final LuaSettings settings;
    private final NginxProgram program;
    private final LuaControl control;

    LuaInstaller(LuaFolders folders, LuaSettings settings, NginxProgram program, LuaControl control) {
        this.folders = folders;
        this.settings = settings;
        this.program = program;
        this.control = control;
    }

    /**
     * Sees to it that the files on disk are those that the settings want, and that the Nginx that runs uses them.
     *
     * @throws DriveException if it does not; the files that were there before are in use again then, where there were some
     */
    void ensure(long revision) throws DriveException {
        String id = folders.installed(settings);
        if (id == null) {
            install(revision);
        } else if (!id.equals(running())) {
            reload(id); // it runs on files of before, if at all
        }
    }

    private void install(long revision) throws DriveException {
        Path before = folders.folder();
        Path fresh = written(revision);
        LOG.info("files for Nginx in {}", fresh);
        try {
            Outcome test = program.test(program.configuration());
            if (!test.isFine()) {
                throw new DriveException("nginx -t: " + test.output());
            }
            reload(LuaInstallation.id(fresh, settings));
        } catch (DriveException e) {
            if (before != null) { // else they stay: an Nginx cannot even start while what it includes is missing
                back(before, fresh);
            }
            throw e;
        }
        tidy(before);
    }

    private Path written(long revision) throws DriveException {
        try {
            return folders.install(settings, revision);
        } catch (IOException e) {
            throw new DriveException("the files for Nginx cannot be written: " + e, e);
        }
    }

    private void back(Path before, Path fresh) throws DriveException {
        try {
            folders.use(before);
            folders.delete(fresh);
        } catch (IOException e) {
            throw new DriveException("the files of before cannot be used again: " + e, e);
        }
        if (running() != null) {
            program.reload();
        }
    }

    private void tidy(@Nullable Path before) {
        try {
            folders.deleteAllBut(before);
        } catch (IOException e) {
            LOG.warn("files of earlier revisions are left", e);
        }
    }

    private void reload(String id) throws DriveException {
        Outcome outcome = program.reload();
        if (!outcome.isFine()) {
            throw new DriveException("Nginx does not load its configuration again (does it run?): " + outcome.output());
        }
        try {
            control.await("the files " + id, state -> state.files().equals(id));
        } catch (IOException e) {
            throw new DriveException(
                    "Nginx did not take the new configuration, see its error log; does its own include ours? "
                            + e.getMessage(),
                    e);
        }
    }

    private @Nullable String running() {
        try {
            return control.state().files();
        } catch (IOException e) {
            return null;
        }
    }
}
