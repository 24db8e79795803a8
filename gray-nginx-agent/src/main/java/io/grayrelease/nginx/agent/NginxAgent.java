package io.grayrelease.nginx.agent;

import java.io.IOException;

import io.grayrelease.nginx.drive.DriveException;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.IExecutionExceptionHandler;

/** The command {@code nginx-agent}. */
@Command(
        name = "nginx-agent",
        description = "Keeps the Nginx of this machine on the gray policy: who is gray is decided there, and where the"
                + " request goes.",
        mixinStandardHelpOptions = true,
        version = "nginx-agent 0.1.0",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {RunCommand.class, CheckCommand.class, StatusCommand.class, HelpCommand.class},
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:Fine.",
            "1:The settings are wrong, the policy is refused, or Nginx is not on it.",
            "2:The command line was not understood.",
            "3:A file cannot be read or written, a server cannot be reached, or there is another agent.",
            "4:A fault of the agent itself."
        })
public final class NginxAgent {
    static final int FINE = 0;
    static final int NO = 1;
    static final int UNREADABLE = 3;
    static final int FAULT = 4;

    private final Drivers drivers;

    NginxAgent(Drivers drivers) {
        this.drivers = drivers;
    }

    public static void main(String[] args) {
        System.exit(commandLine(new InstalledDrivers()).execute(args));
    }

    /** The command line; tests give it their own writers. */
    static CommandLine commandLine(Drivers drivers) {
        return new CommandLine(new NginxAgent(drivers))
                .setUsageHelpWidth(100)
                .setExecutionExceptionHandler(expected())
                .setExitCodeExceptionMapper(
                        e -> e instanceof CommandLine.ParameterException ? CommandLine.ExitCode.USAGE : FAULT);
    }

    Drivers drivers() {
        return drivers;
    }

    /** What is wrong outside is told in lines; a fault of our own with its stack trace, by picocli. */
    private static IExecutionExceptionHandler expected() {
        return (exception, line, result) -> {
            if (exception instanceof SettingsException || exception instanceof DriveException) {
                line.getErr().println(exception.getMessage());
                return NO;
            }
            if (exception instanceof IOException) {
                line.getErr().println("nginx-agent: " + text(exception));
                return UNREADABLE;
            }
            throw exception;
        };
    }

    /** The message of a file system's exception is often the file alone. */
    private static String text(Exception exception) {
        boolean says = exception.getClass() == IOException.class && exception.getMessage() != null;
        return says ? String.valueOf(exception.getMessage()) : exception.toString();
    }
}
