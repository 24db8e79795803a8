package io.grayrelease.demo;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.Callable;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command behind {@code scripts/demo.sh}: starts all processes, takes the steps, and ends what it started. */
@Command(name = "demo.sh", description = "Walks through a gray release of two services, and checks every step.")
public final class Demo implements Callable<Integer> {
    /** The testers of the demo have uids up to 1003. */
    private static final int LEAST_UIDS = 1_100;

    private static final int MAX_PORT = 65_535;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this text.")
    @SuppressWarnings("UnusedVariable") // picocli asks for it by the annotation
    private boolean help;

    @Option(names = "--stay", description = "Keep running, and publish the policy file whenever it is saved.")
    private boolean stay;

    @Option(
            names = "--http-port",
            paramLabel = "PORT",
            description =
                    "Instead of the walk, serve a page on this port (0: a free one), where you send the requests; "
                            + "the policy file is published whenever it is saved.")
    private @Nullable Integer httpPort;

    @Option(
            names = "--nginx",
            arity = "0..1",
            paramLabel = "DRIVER",
            fallbackValue = "native",
            description = "Put an nginx in front of the page, on its port, where requests are decided;"
                    + " DRIVER is native (the default) or lua.")
    private InstalledNginx.@Nullable Driver nginx;

    @Option(names = "--policy-file", paramLabel = "FILE", description = "The file that --stay and --http-port publish.")
    private Path policyFile = Path.of("scripts", "demo-policy.properties");

    @Option(names = "--zookeeper", paramLabel = "HOST:PORT", description = "A ZooKeeper of yours, instead of our own.")
    private @Nullable String zooKeeper;

    @Option(
            names = "--apollo-meta",
            paramLabel = "URL",
            description = "An Apollo of yours, instead of our own; you are told what to publish there.")
    private @Nullable String apolloMeta;

    @Option(names = "--apollo-namespace", paramLabel = "NAME", description = "Default: ${DEFAULT-VALUE}.")
    private String namespace = "gray-policy";

    @Option(names = "--apollo-app-id", paramLabel = "ID", description = "Default: ${DEFAULT-VALUE}.")
    private String appId = "gray-demo";

    @Option(
            names = "--uids",
            paramLabel = "N",
            description = "Users per step, 1100 or more. Default: ${DEFAULT-VALUE}.")
    private int uids = 2_000;

    @Option(names = "--colours", hidden = true, description = "Standard output is a terminal, says the script.")
    private boolean colours;

    private final PrintStream out =
            new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);

    public static void main(String[] args) {
        CommandLine command = new CommandLine(new Demo());
        command.setCaseInsensitiveEnumValuesAllowed(true);
        command.setOverwrittenOptionsAllowed(true); // the script's come first, the user's win
        System.exit(command.execute(args));
    }

    @Override
    public Integer call() throws IOException {
        if (httpPort != null && (httpPort < 0 || httpPort > MAX_PORT)) {
            throw new ParameterException(
                    spec.commandLine(), "--http-port: expected 0 to " + MAX_PORT + ", found " + httpPort);
        }
        if (uids < LEAST_UIDS) {
            throw new ParameterException(
                    spec.commandLine(), "--uids: expected " + LEAST_UIDS + " or more, found " + uids);
        }
        Workspace workspace = Workspace.open();
        boolean held = false;
        try {
            held = run(workspace.folder());
        } catch (DemoException e) {
            workspace.unlessEnding(() -> out.println("The demo cannot go on: " + e.getMessage() + "."));
        }
        if (!held) {
            workspace.keep();
            workspace.unlessEnding(() -> out.println("The logs of all processes are in " + workspace.folder() + "."));
        }
        return held ? 0 : 1;
    }

    private boolean run(Path folder) {
        Entrance entrance = Entrance.of(httpPort, nginx);
        Report report = Report.to(out, colours);
        report.note("Starting ZooKeeper, Apollo, order and stock in two versions each, and a consumer ...");
        try (Infrastructure infrastructure = Infrastructure.start(zooKeeper, apolloMeta, appId, namespace, folder);
                Fleet fleet = Fleet.start(infrastructure.servers(), folder)) {
            Publisher publisher = infrastructure.publisher(report);
            if (entrance != null) {
                entrance.open(fleet, infrastructure.servers(), policyFile, report);
                new Play(fleet, publisher, report, policyFile).publishSaved();
                return true;
            }
            boolean held = new Walk(new Stage(fleet, publisher, report, uids)).run();
            out.println();
            report.claim(held ? "every step was as expected" : "not every step was as expected", held);
            if (stay) {
                report.note("scripts/grayctl status --zookeeper "
                        + infrastructure.servers().zooKeeper() + " shows who runs on which policy.");
                new Play(fleet, publisher, report, policyFile).run();
            }
            return held;
        }
    }
}
