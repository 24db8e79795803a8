package io.grayrelease.cli.data;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

import org.jspecify.annotations.Nullable;

import io.grayrelease.cli.Output;
import io.grayrelease.cli.Watch;
import io.grayrelease.cli.text.UnreadableException;
import io.grayrelease.data.MigrationLook;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code grayctl data status}. */
@Command(
        name = "status",
        description = "Tells where a migration is: the phase that is fact, what each process wishes and knows, what"
                + " waits, how far copy and comparison are, why the next step is not taken, and how to go back.",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:All processes wish and know the phase that is fact, and nothing is wrong.",
            "1:They do not, or something is wrong, a store is away, or no process is there.",
            "2:The command line was not understood.",
            "3:Neither store can be reached, or the migration is not known."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  grayctl data status --stores stores.properties",
            "  grayctl data status orders --old jdbc:postgresql://db1/orders --old-user gray \\",
            "      --new jdbc:mariadb://db2/orders --new-user gray --watch",
            "",
            StoreOptions.PASSWORDS
        })
final class DataStatusCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec command;

    @Mixin
    private final Output output = new Output();

    @Mixin
    private final StoreOptions stores = new StoreOptions();

    @Parameters(
            arity = "0..1",
            paramLabel = "MIGRATION",
            description = "As in gray.data.MIGRATION; by default all that the old store knows.")
    private @Nullable String migration;

    @Option(
            names = "--watch",
            description = "Go on until stopped: draw anew on a terminal, else write what changed, a line each.")
    private boolean watch;

    @Option(
            names = "--interval",
            paramLabel = "TIME",
            defaultValue = "1s",
            description = "How often --watch looks; by default ${DEFAULT-VALUE}.")
    @SuppressWarnings("NullAway.Init") // it has a default
    private Duration interval;

    @Override
    public Integer call() throws UnreadableException {
        try (Stores opened = stores.open(0)) {
            List<MigrationLook> looks = new ArrayList<>();
            for (String name : migration == null ? opened.names() : List.of(migration)) {
                looks.add(opened.look(name));
            }
            DataStatusReport report = DataStatusReport.of(looks, stores.words());
            return watch
                    ? new Watch(command.commandLine(), output, interval)
                            .run(() -> DataStatusReport.of(looks, stores.words()), report)
                    : output.show(report);
        }
    }
}
