package io.grayrelease.nginx.agent;

import java.io.IOException;
import java.nio.file.Path;

import picocli.CommandLine.Option;

/** What every command takes. */
final class SettingsOption {
    @Option(
            names = "--config",
            paramLabel = "FILE",
            defaultValue = "/etc/gray-nginx/agent.properties",
            description = "The settings; by default ${DEFAULT-VALUE}.")
    @SuppressWarnings("NullAway.Init") // it has a default
    private Path file;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help.")
    @SuppressWarnings("UnusedVariable") // picocli looks at the option
    private boolean help;

    Path file() {
        return file;
    }

    AgentSettings read() throws IOException, SettingsException {
        return AgentSettings.read(file);
    }
}
