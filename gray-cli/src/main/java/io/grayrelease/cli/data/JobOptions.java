package io.grayrelease.cli.data;

import org.jspecify.annotations.Nullable;

import io.grayrelease.data.CompareSettings;
import io.grayrelease.data.CopySettings;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** How much a job that reads whole tables may take. */
final class JobOptions {
    @Spec(Spec.Target.MIXEE)
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec command;

    @Option(
            names = "--workers",
            paramLabel = "N",
            defaultValue = "2",
            description = "Threads of this process, 1 to 32; by default ${DEFAULT-VALUE}.")
    private int workers;

    @Option(
            names = "--rows-per-second",
            paramLabel = "N",
            description = "No faster than this in this process; by default as fast as it goes.")
    private @Nullable Integer rowsPerSecond;

    @Option(
            names = "--chunk-rows",
            paramLabel = "N",
            description = "Rows of one chunk; by default as many as are good.")
    private @Nullable Integer chunkRows;

    /** Threads; at least one. */
    int workers() {
        return workers;
    }

    CopySettings copy() {
        try {
            CopySettings settings = CopySettings.DEFAULTS.workers(workers);
            settings = rowsPerSecond == null ? settings : settings.rowsPerSecond(rowsPerSecond);
            return chunkRows == null ? settings : settings.chunkRows(chunkRows);
        } catch (IllegalArgumentException e) {
            throw wrong(e);
        }
    }

    CompareSettings compare() {
        try {
            CompareSettings settings = CompareSettings.DEFAULTS.workers(workers);
            settings = rowsPerSecond == null ? settings : settings.rowsPerSecond(rowsPerSecond);
            return chunkRows == null ? settings : settings.chunkRows(chunkRows);
        } catch (IllegalArgumentException e) {
            throw wrong(e);
        }
    }

    private ParameterException wrong(IllegalArgumentException e) {
        return new ParameterException(
                command.commandLine(), "--workers, --rows-per-second or --chunk-rows: " + e.getMessage(), e);
    }
}
