package io.grayrelease.cli.data;

import java.sql.SQLException;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;

import io.grayrelease.cli.Console;
import io.grayrelease.cli.ExitCode;
import io.grayrelease.cli.Output;
import io.grayrelease.cli.Report;
import io.grayrelease.cli.text.UnreadableException;
import io.grayrelease.data.Copy;
import io.grayrelease.data.CopyProgress;
import io.grayrelease.data.CopySettings;
import io.grayrelease.data.MigrationTool;
import io.grayrelease.policy.model.DataPhase;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code grayctl data copy}. */
@Command(
        name = "copy",
        description = "Takes part in the copy of the old table into the new one, while writes go on; any number of"
                + " processes share it. Stopped, it ends after the chunk; started again, it goes on there.",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:The copy is done, and there are no dead letters.",
            "1:It is not: it was stopped, or writes are not captured, or not any more; or there are dead letters.",
            "2:The command line was not understood.",
            "3:A store cannot be reached at the start; later on, it is waited for."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  grayctl data copy orders --stores stores.properties",
            "  grayctl data copy orders --stores stores.properties --workers 4 --rows-per-second 20000",
            "",
            "Rows, rate and time left are those of all processes. " + StoreOptions.PASSWORDS
        })
final class CopyCommand implements Callable<Integer> {
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

    @Override
    public Integer call() throws UnreadableException, InterruptedException {
        CopySettings settings = job.copy();
        try (Stores opened = stores.open(job.workers())) {
            MigrationTool tool = opened.migration(migration);
            try {
                CopyProgress before = before(tool);
                CopyProgress copy = before.isDone() ? before : run(tool, settings);
                return output.show(new Outcome(migration, copy, tool.deadLetters(), stores.words()));
            } catch (SQLException e) {
                throw Stores.unreadable(e);
            }
        }
    }

    /** A copy that is done says nothing any more where writes are not captured for it. */
    private CopyProgress before(MigrationTool tool) throws SQLException, UnreadableException {
        CopyProgress before = known(tool);
        DataPhase phase = tool.phase();
        if (before.isDone() && phase != DataPhase.CAPTURE && phase != DataPhase.GRAY_READ) {
            throw new DataException("nothing is copied: phase: found " + phase + ", expected CAPTURE or GRAY_READ; the"
                    + " copy of before is " + Words.of(before));
        }
        return before;
    }

    private static CopyProgress known(MigrationTool tool) throws UnreadableException {
        try {
            return tool.copyProgress();
        } catch (SQLException e) {
            throw new UnreadableException("the new store", Stores.reason(e), e);
        }
    }

    private CopyProgress run(MigrationTool tool, CopySettings settings) throws SQLException, InterruptedException {
        JobWatch.untilEnd(() -> part(begun(tool, settings), tool), command.commandLine(), "copy " + migration);
        return tool.copyProgress();
    }

    private static Copy begun(MigrationTool tool, CopySettings settings) throws SQLException {
        try {
            return tool.copy(settings);
        } catch (IllegalStateException e) {
            throw new DataException("nothing is copied: " + e.getMessage());
        }
    }

    private static JobWatch.Part part(Copy copy, MigrationTool tool) {
        return new JobWatch.Part() {
            @Override
            public boolean await(long time, TimeUnit unit) throws InterruptedException {
                return copy.await(time, unit);
            }

            @Override
            public void stop() {
                copy.stop();
            }

            @Override
            public void show(JobBar bar) throws SQLException {
                CopyProgress progress = tool.copyProgress();
                bar.show(
                        progress.rowsRead(),
                        progress.rowsTotal(),
                        progress.rowsPerSecond(),
                        progress.timeLeft().orElse(null));
                copy.problem().ifPresent(bar::problem);
            }
        };
    }

    /** How far the copy is, and how many rows the new store refuses. */
    private record Outcome(String migration, CopyProgress copy, int dead, String stores) implements Report {
        @Override
        public void print(Console console) {
            if (copy.isDone()) {
                console.line(console.green("copied") + ": " + Words.of(copy.rowsRead()) + " rows of " + migration + ", "
                        + Words.of(copy.rowsRead() - copy.rowsWritten()) + " of them were there by events");
            } else {
                console.line(console.red("not copied") + ": " + Words.of(copy) + " of " + migration
                        + "; started again, it goes on there");
            }
            if (dead > 0) {
                console.line(console.red("wrong") + ": " + Words.of(dead)
                        + (dead == 1 ? " dead letter: a row" : " dead letters: rows")
                        + " that the new store refuses; grayctl data status " + migration + " " + stores
                        + " tells why");
            }
        }

        @Override
        public Object json() {
            return new Json(ViewJson.copy(copy), dead);
        }

        @Override
        public int exitCode() {
            return copy.isDone() && dead == 0 ? ExitCode.FINE : ExitCode.NO;
        }

        private record Json(ViewJson.Copy copy, int deadLetters) {}
    }
}
