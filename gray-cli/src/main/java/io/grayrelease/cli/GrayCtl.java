package io.grayrelease.cli;

import java.io.PrintWriter;
import java.time.Duration;

import io.grayrelease.cli.check.CheckCommand;
import io.grayrelease.cli.data.DataCommand;
import io.grayrelease.cli.data.DataException;
import io.grayrelease.cli.diff.DiffCommand;
import io.grayrelease.cli.explain.ExplainCommand;
import io.grayrelease.cli.fleet.StatusCommand;
import io.grayrelease.cli.fleet.ZooKeeperPlace;
import io.grayrelease.cli.portal.PortalException;
import io.grayrelease.cli.portal.PortalPlace;
import io.grayrelease.cli.portal.PublishCommand;
import io.grayrelease.cli.portal.PullCommand;
import io.grayrelease.cli.portal.RollbackCommand;
import io.grayrelease.cli.ramp.RampCommand;
import io.grayrelease.cli.ramp.RampException;
import io.grayrelease.cli.text.PolicyText;
import io.grayrelease.cli.text.UnreadableException;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IExecutionExceptionHandler;

/** The command {@code grayctl}. */
@Command(
        name = "grayctl",
        description = "See, foresee and undo gray releases: what a policy says, what it would do, what is published.",
        mixinStandardHelpOptions = true,
        version = "grayctl 0.1.0",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            CheckCommand.class,
            ExplainCommand.class,
            DiffCommand.class,
            StatusCommand.class,
            PullCommand.class,
            PublishCommand.class,
            RollbackCommand.class,
            RampCommand.class,
            DataCommand.class,
            HelpOf.class
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:Fine.",
            "1:The answer is no: a policy has errors, a question was answered with no, a ramp did not reach its end,"
                    + " processes do not run on one policy, a migration of data is not where it shall be.",
            "2:The command line was not understood.",
            "3:A file cannot be read, or a server cannot be reached.",
            "4:A fault of grayctl itself."
        },
        footerHeading = "%nA policy is read from%n",
        footer = {
            "  FILE                                             a .properties file in UTF-8",
            "  apollo:<meta-url>/<app>/<cluster>/<namespace>    what Apollo has released there, as in",
            "      apollo:http://apollo-meta:8080/order-app/default/gray-policy",
            "",
            "and published through Apollo's portal, with a token from the environment variable GRAYCTL_PORTAL_TOKEN, to",
            "  portal:<portal-url>/<env>/<app>/<cluster>/<namespace>",
            "      portal:http://portal:8070/DEV/order-app/default/gray-policy",
            "",
            "grayctl help COMMAND shows examples."
        })
public final class GrayCtl {
    private GrayCtl() {}

    public static void main(String[] args) {
        System.exit(commandLine().execute(args));
    }

    /** The command line; tests give it their own writers. */
    static CommandLine commandLine() {
        return new CommandLine(new GrayCtl())
                .registerConverter(PolicyText.class, new PlaceConverter())
                .registerConverter(PortalPlace.class, new PortalPlaceConverter())
                .registerConverter(ZooKeeperPlace.class, new ZooKeeperPlaceConverter())
                .registerConverter(Duration.class, new DurationConverter())
                .setUsageHelpWidth(100)
                .setParameterExceptionHandler(GrayCtl::misunderstood)
                .setExecutionExceptionHandler(unreadable())
                .setExitCodeExceptionMapper(
                        e -> e instanceof CommandLine.ParameterException ? ExitCode.USAGE : ExitCode.FAULT);
    }

    /** What was wrong, and how the command is called, in few lines: what stands above a page of help is not seen. */
    private static int misunderstood(CommandLine.ParameterException exception, String[] args) {
        CommandLine line = exception.getCommandLine();
        PrintWriter err = line.getErr();
        err.println(line.getColorScheme().errorText(String.valueOf(exception.getMessage())));
        CommandLine.UnmatchedArgumentException.printSuggestions(exception, err);
        err.print(line.getHelp().fullSynopsis());
        err.println(line.getCommandSpec().qualifiedName() + " --help tells more.");
        err.flush();
        return ExitCode.USAGE;
    }

    /** What cannot be read is told in one line; a fault of our own with its stack trace, by picocli. */
    private static IExecutionExceptionHandler unreadable() {
        return (exception, line, result) -> {
            if (exception instanceof UnreadableException || exception instanceof PortalException) {
                line.getErr().println("grayctl: " + exception.getMessage());
                return ExitCode.UNREADABLE;
            }
            if (exception instanceof RampException || exception instanceof DataException) {
                line.getErr().println("grayctl: " + exception.getMessage());
                return ExitCode.NO;
            }
            throw exception;
        };
    }
}
