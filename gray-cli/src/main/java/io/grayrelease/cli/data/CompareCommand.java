package io.grayrelease.cli.data;

import java.sql.SQLException;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;

import io.grayrelease.cli.Output;
import io.grayrelease.cli.text.UnreadableException;
import io.grayrelease.data.Compare;
import io.grayrelease.data.CompareProgress;
import io.grayrelease.data.CompareReport;
import io.grayrelease.data.CompareSettings;
import io.grayrelease.data.MigrationTool;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code grayctl data compare}. */
@Command(
        name = "compare",
        description = "Compares both stores, row by row, while writes go on, and names the rows that differ, with their"
                + " columns and no values. Any number of processes share a comparison.",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:All rows were compared, and none differs any more.",
            "1:Some differ, or it was stopped, or writes are not captured.",
            "2:The command line was not understood.",
            "3:A store cannot be reached at the start; later on, it is waited for."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  grayctl data compare orders --stores stores.properties --workers 4",
            "  grayctl data compare orders --stores stores.properties --repair",
            "",
            "--repair sends what differs again, as the primary store has it, as an event: the services bring it over.",
            "Find out first why it differs. " + StoreOptions.PASSWORDS
        })
final class CompareCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec command;

    @Mixin
    private final Output output = new Output();

    @Mixin
    private final StoreOptions stores = new StoreOptions();

    @Mixin
    private final JobOptions job = new JobOptions();

    @Parameters(paramLabel = "MIGRATION", description = "As in gray.data.MIGRATION.")
    @SuppressWarnings("NullAway.Init") // picocli demands it
    private String migration;

    @Option(names = "--repair", description = "Send rows that differ again.")
    private boolean repair;

    @Option(
            names = "--show",
            paramLabel = "N",
            defaultValue = "20",
            description = "How many rows that differ are named; by default ${DEFAULT-VALUE}.")
    private int shown;

    @Override
    public Integer call() throws UnreadableException, InterruptedException {
        CompareSettings settings = job.compare().repair(repair);
        try (Stores opened = stores.open(job.workers())) {
            MigrationTool tool = opened.migration(migration);
            return output.show(new CompareOutcome(run(tool, settings), shown));
        } catch (SQLException e) {
            throw Stores.unreadable(e);
        }
    }

    private CompareReport run(MigrationTool tool, CompareSettings settings) throws SQLException, InterruptedException {
        JobWatch.untilEnd(() -> part(begun(tool, settings), tool), command.commandLine(), "compare " + migration);
        return tool.compared();
    }

    private static Compare begun(MigrationTool tool, CompareSettings settings) throws SQLException {
        try {
            return tool.compare(settings);
        } catch (IllegalStateException e) {
            throw new DataException("nothing is compared: " + e.getMessage());
        }
    }

    private static JobWatch.Part part(Compare compare, MigrationTool tool) {
        return new JobWatch.Part() {
            @Override
            public boolean await(long time, TimeUnit unit) throws InterruptedException {
                return compare.await(time, unit);
            }

            @Override
            public void stop() {
                compare.stop();
            }

            @Override
            public void show(JobBar bar) throws SQLException {
                CompareProgress progress = tool.compareProgress();
                bar.show(
                        progress.rows(),
                        progress.rowsTotal(),
                        progress.rowsPerSecond(),
                        progress.timeLeft().orElse(null));
                compare.problem().ifPresent(bar::problem);
            }
        };
    }
}
