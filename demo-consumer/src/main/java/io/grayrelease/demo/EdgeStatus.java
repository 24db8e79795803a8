package io.grayrelease.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

import com.google.gson.Gson;

/**
 * What the agent says of its Nginx, as far as the demo looks at it.
 *
 * @param accepted the hash of the policy that Nginx is to run on
 * @param policy the hash of the one that it runs on
 * @param error why it does not
 * @param rejected the hash of one that was refused
 */
record EdgeStatus(
        @Nullable String accepted,
        @Nullable String policy,
        @Nullable Long revision,
        @Nullable String error,
        @Nullable String rejected,
        @Nullable List<String> problems) {
    private static final EdgeStatus NOTHING = new EdgeStatus(null, null, null, null, null, null);
    private static final Gson GSON = new Gson();

    /** That of a file; nothing, while there is none. */
    static EdgeStatus read(Path file) {
        try {
            return Files.exists(file) ? GSON.fromJson(Files.readString(file), EdgeStatus.class) : NOTHING;
        } catch (IOException e) {
            return NOTHING; // it is written anew at this moment
        }
    }

    /** Whether Nginx runs on what it is to run on. */
    boolean isFine() {
        return error == null && revision != null && Objects.equals(accepted, policy);
    }

    /** As a process answers the command {@code policy}; what Nginx does not take counts as refused. */
    List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add("in-force=" + (policy == null ? InForce.NONE : policy));
        if (rejected != null) {
            lines.add("rejected=" + rejected);
            Objects.requireNonNullElse(problems, List.<String>of())
                    .forEach(problem -> lines.add("problem=nginx: " + problem));
        } else if (error != null) {
            lines.add("rejected=" + accepted);
            lines.add("problem=nginx: " + error);
        }
        return lines;
    }
}
