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
    public boolean ask(String question) {
        if (yes) {
            return true;
        }
        String answer = answer(question + " [y/N] ", "--yes");
        return answer.toLowerCase(Locale.ROOT).equals("y");
    }

    /**
     * Whether a person wants something that cannot be undone, and types a word for it; {@code --yes} is not enough.
     *
     * @param option what a script has to add
     */
    public boolean askToType(String question, String word, String option) {
        return answer(question + " Type " + word + " if so: ", option).equals(word);
    }

    @SuppressWarnings("SystemConsoleNull") // from Java 22 on there is one, which then reads no answer
    private String answer(String question, String option) {
        Console console = System.console();
        if (console == null) {
            throw new CommandLine.ParameterException(
                    command.commandLine(), "Nobody can be asked here, since this is no terminal: add " + option + ".");
        }
        String answer = console.readLine("%s", question);
        return answer == null ? "" : answer.trim();
    }
}
