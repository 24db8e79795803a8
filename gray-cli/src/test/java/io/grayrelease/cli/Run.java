package io.grayrelease.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;

import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Help.Ansi;

/** One run of grayctl from its arguments to what it wrote. */
record Run(int exitCode, String out, String err) {
    /** Where the tests' policies are, relative to the module, so that outputs name no folder of a machine. */
    private static final Path POLICIES = Path.of("src/test/resources/policies");

    static Run of(String... args) {
        return with(Ansi.OFF, args);
    }

    static Run with(Ansi ansi, String... args) {
        return run(ansi, new StringWriter(), args);
    }

    /** What it says to people meanwhile can be read by another thread. */
    static Run watched(StringWriter err, String... args) {
        return run(Ansi.OFF, err, args);
    }

    private static Run run(Ansi ansi, StringWriter err, String... args) {
        StringWriter out = new StringWriter();
        CommandLine line = GrayCtl.commandLine()
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .setColorScheme(Help.defaultColorScheme(ansi));
        int exitCode = line.execute(args);
        return new Run(exitCode, out.toString(), err.toString());
    }

    static String policy(String name) {
        return POLICIES.resolve(name + ".properties").toString();
    }

    JsonObject json() {
        return JsonParser.parseString(out).getAsJsonObject();
    }
}
