package io.grayrelease.cli.data;

import io.grayrelease.cli.HelpOf;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code grayctl data}, which has commands of its own. */
@Command(
        name = "data",
        description = "Releases that change data: tells where a migration between two stores is, copies, compares, and"
                + " goes a phase on or back.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            DataStatusCommand.class,
            CopyCommand.class,
            CompareCommand.class,
            PromoteCommand.class,
            DataRollbackCommand.class,
            HelpOf.class
        },
        footer = {"", "grayctl data help COMMAND shows examples."})
public final class DataCommand {
    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help.")
    @SuppressWarnings("UnusedVariable") // picocli looks at the option
    private boolean help;
}
