package io.grayrelease.nginx.agent;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

import io.grayrelease.policy.model.Problem;

/** Settings were refused. The message has every problem, a line each. */
public final class SettingsException extends Exception {
    private static final long serialVersionUID = 1;

    SettingsException(Path file, List<Problem> problems) {
        super(problems.stream().map(problem -> file + ": " + problem).collect(Collectors.joining("\n")));
    }
}
