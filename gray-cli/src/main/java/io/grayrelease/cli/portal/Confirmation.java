package io.grayrelease.cli.portal;

import java.io.Console;
import java.util.Locale;

import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Asks before something happens to running services. */
public final class Confirmation {
    @Spec(Spec.Target.MIXEE)
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec command;

    @Option(
            names = {"-y", "--yes"},
            description = "Do not ask.")
    private boolean yes;

    /** Whether a person wants it; a script has to say so with {@code --yes}. */
    @SuppressWarnings("SystemConsoleNull") // from Java 22 on there is one, which then reads no answer
    boolean ask(String question) {
        if (yes) {
            return true;
        }
        Console console = System.console();
        if (console == null) {
            throw new CommandLine.ParameterException(
                    command.commandLine(), "Nobody can be asked here, since this is no terminal: add --yes.");
        }
        String answer = console.readLine("%s [y/N] ", question);
        return answer != null && answer.trim().toLowerCase(Locale.ROOT).equals("y");
    }
}
