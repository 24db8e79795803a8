package io.grayrelease.demo.data;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.util.concurrent.Callable;

import io.grayrelease.demo.DemoException;
import io.grayrelease.demo.Infrastructure;
import io.grayrelease.demo.Report;
import io.grayrelease.demo.Workspace;
import io.grayrelease.demo.data.database.Make;
import io.grayrelease.demo.data.service.OrderStores;
import io.grayrelease.demo.data.traffic.FirstOrders;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command behind {@code scripts/demo-data.sh}: starts all processes, takes the steps, and ends what it started. */
@Command(
        name = "demo-data.sh",
        description = "Walks through a release whose new version needs new columns, and back, and checks every step.")
public final class DataDemo implements Callable<Integer> {
    private static final int LEAST_ORDERS = 1_000;
    private static final int MOST_ORDERS = 10_000_000;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this text.")
    @SuppressWarnings("UnusedVariable") // picocli asks for it by the annotation
    private boolean help;

    @Option(
            names = "--orders",
            paramLabel = "N",
            description = "Orders before the release, 1000 or more. Default: ${DEFAULT-VALUE}.")
    private int orders = 100_000;

    @Option(
            names = "--calls-per-second",
            paramLabel = "N",
            description = "Calls of the traffic, half of them writes. Default: ${DEFAULT-VALUE}.")
    private int callsPerSecond = 400;

    @Option(
            names = "--mariadb",
            description = "The old database is a MariaDB (140 MB, the first time); else both are PostgreSQL.")
    private boolean mariadb;

    @Option(names = "--colours", hidden = true, description = "Standard output is a terminal, says the script.")
    private boolean colours;

    private final PrintStream out =
            new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);

    public static void main(String[] args) {
        System.exit(new CommandLine(new DataDemo()).execute(args));
    }

    @Override
    public Integer call() throws IOException {
        within("--orders", LEAST_ORDERS, MOST_ORDERS, orders);
        within("--calls-per-second", 10, 100_000, callsPerSecond);
        Workspace workspace = Workspace.open();
        // The databases do not run as root, and their folders are in this one.
        Files.setPosixFilePermissions(workspace.folder(), PosixFilePermissions.fromString("rwx--x--x"));
        System.setProperty("logback.configurationFile", "logback-demo.xml"); // as in all other processes
        System.setProperty("demo.log", workspace.folder().resolve("demo.log").toString());
        boolean held = false;
        try {
            held = run(workspace.folder());
        } catch (DemoException | SQLException e) {
            workspace.unlessEnding(() -> out.println("The demo cannot go on: " + e.getMessage() + "."));
        }
        if (!held) {
            workspace.keep();
            workspace.unlessEnding(() -> out.println("The logs of all processes are in " + workspace.folder() + "."));
        }
        return held ? 0 : 1;
    }

    private void within(String option, int least, int most, int value) {
        if (value < least || value > most) {
            throw new ParameterException(
                    spec.commandLine(), option + ": expected " + least + " to " + most + ", found " + value);
        }
    }

    private boolean run(Path folder) throws SQLException {
        Report report = Report.to(out, colours);
        report.note("Starting two databases, ZooKeeper, Apollo, order in two versions, stock and a consumer ...");
        try (Databases databases = Databases.start(mariadb ? Make.MARIADB : Make.POSTGRESQL, folder);
                Infrastructure infrastructure = Infrastructure.start(null, null, "gray-demo", "gray-policy", folder)) {
            prepare(databases);
            try (DataFleet fleet =
                    DataFleet.start(infrastructure.servers(), databases, orders, callsPerSecond, folder)) {
                DataStage stage = new DataStage(fleet, databases, infrastructure.publisher(report), report);
                boolean held = new DataWalk(stage, orders).run();
                out.println();
                report.claim(held ? "every step was as expected" : "not every step was as expected", held);
                return held;
            }
        }
    }

    private void prepare(Databases databases) throws SQLException {
        try (OrderStores stores = OrderStores.of(databases.oldUrl(), databases.newUrl())) {
            stores.create();
            FirstOrders.load(stores.old(), orders);
        }
    }
}
