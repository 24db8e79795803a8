package io.grayrelease.cli;

import java.io.PrintWriter;

import com.google.gson.GsonBuilder;

import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What every command takes: how it shows its report, and {@code --help}. */
public final class Output {
    /** Who reads it. */
    enum Form {
        text,
        json
    }

    @Spec(Spec.Target.MIXEE)
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec command;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORM",
            defaultValue = "text",
            description = "${COMPLETION-CANDIDATES}; the default is ${DEFAULT-VALUE}.")
    @SuppressWarnings("NullAway.Init") // it has a default
    private Form form;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help.")
    @SuppressWarnings("UnusedVariable") // picocli looks at the option
    private boolean help;

    /** Whether a program reads it. */
    public boolean isJson() {
        return form == Form.json;
    }

    /** Shows a report; the exit code of the command. */
    public int show(Report report) {
        CommandLine line = command.commandLine();
        PrintWriter out = line.getOut();
        if (form == Form.json) {
            out.println(new GsonBuilder()
                    .setPrettyPrinting()
                    .disableHtmlEscaping()
                    .create()
                    .toJson(report.json()));
        } else {
            report.print(new Console(out, line.getColorScheme().ansi()));
        }
        out.flush();
        return report.exitCode();
    }
}
