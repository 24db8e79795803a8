package io.grayrelease.nginx.agent;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.grayrelease.nginx.files.DurableFiles;

/** Writes how far an agent is into {@code status.json}, whenever it changes. Not thread-safe. */
final class StatusFile implements Consumer<AgentState> {
    static final String NAME = "status.json";

    private static final Logger LOG = LoggerFactory.getLogger(StatusFile.class);

    private final AgentIdentity agent;
    private final Path file;
    private String written = "";

    StatusFile(AgentIdentity agent, Path stateDir) {
        this.agent = agent;
        this.file = stateDir.resolve(NAME);
    }

    @Override
    public void accept(AgentState state) {
        String text = StatusJson.of(agent, state).write();
        if (text.equals(written)) {
            return;
        }
        try {
            DurableFiles.write(file, text);
            written = text;
        } catch (IOException e) {
            LOG.warn("gray: {} cannot be written, and is taken away: {}", file, e.toString());
            delete();
        }
    }

    /** None is better than an old one, by which all would seem to be well. */
    private void delete() {
        written = "";
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            LOG.warn("gray: {} cannot be taken away, and tells what was: {}", file, e.toString());
        }
    }
}
