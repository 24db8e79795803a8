package io.grayrelease.cli;

import java.util.List;
import java.util.concurrent.Callable;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code help}, of a command, or of a command's command. */
@Command(
        name = "help",
        helpCommand = true,
        header = "Display help information about the specified command.",
        synopsisHeading = "%nUsage: ")
public final class HelpOf implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec command;

    @Parameters(paramLabel = "COMMAND", arity = "0..*", description = "Its name, and that of a command of it.")
    private List<String> names = List.of();

    @Override
    public Integer call() {
        CommandLine line = command.commandLine().getParent();
        for (String name : names) {
            CommandLine next = line.getSubcommands().get(name);
            if (next == null) {
                throw new ParameterException(
                        line,
                        "help: found " + name + ", expected one of "
                                + String.join(", ", line.getSubcommands().keySet()));
            }
            line = next;
        }
        line.usage(line.getOut());
        return ExitCode.FINE;
    }
}
