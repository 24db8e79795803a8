package io.grayrelease.cli.data;

import java.util.concurrent.Callable;

import org.jspecify.annotations.Nullable;

import io.grayrelease.cli.Output;
import io.grayrelease.cli.portal.Confirmation;
import io.grayrelease.cli.text.UnreadableException;
import io.grayrelease.data.MigrationLook;
import io.grayrelease.policy.model.DataPhase;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code grayctl data rollback}. */
@Command(
        name = "rollback",
        description =
                "Wishes the phase before the fact in Apollo, or an earlier one, and waits until it is the fact and"
                        + " all processes know. With --to and the phase that is fact, it takes back a wish that has not arrived.",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:The phase is the fact, and all processes know.",
            "1:There is no way back, or a gate is shut, or the answer was no: nothing is released; or it did not arrive in"
                    + " time: the wish stays.",
            "2:The command line was not understood.",
            "3:The portal refused, or a store cannot be reached."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  grayctl data rollback portal:http://portal:8070/PRO/order-app/default/gray-policy orders \\",
            "      --stores stores.properties --yes",
            "  grayctl data rollback portal:http://portal:8070/PRO/order-app/default/gray-policy orders \\",
            "      --stores stores.properties --to OLD_ONLY",
            "",
            "The token of the portal is read from the environment variable GRAYCTL_PORTAL_TOKEN.",
            StoreOptions.PASSWORDS
        })
final class DataRollbackCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec command;

    @Mixin
    private final Output output = new Output();

    @Mixin
    private final StoreOptions stores = new StoreOptions();

    @Mixin
    private final StepOptions options = new StepOptions();

    @Mixin
    private final Confirmation confirmation = new Confirmation();

    @Option(
            names = "--to",
            paramLabel = "PHASE",
            description = "${COMPLETION-CANDIDATES}; by default the phase before the fact. --no-publish needs it.")
    private @Nullable DataPhase to;

    @Override
    public Integer call() throws UnreadableException, InterruptedException {
        WishKey wish = options.wish();
        if (wish == null && to == null) {
            // The fact may be there before we look, and the phase before it would be one too far.
            throw refused("Missing --to PHASE: with --no-publish, the phase that somebody else wishes.");
        }
        try (Stores opened = stores.open(0)) {
            MigrationLook look = opened.look(options.migration());
            MigrationView view = MigrationView.of(look);
            DataPhase fact = view.status().phase();
            DataPhase wanted = wanted(fact);
            // While the old store orders the writes, it is complete: nothing may stand in the way of its users.
            boolean gated = fact.isNewPrimary() && wanted != fact;
            Step step = new Step(command.commandLine(), look, stores.words(), wish, view, wanted);
            return output.show(step.run(gated, options.timeout(), confirmation::ask));
        }
    }

    private DataPhase wanted(DataPhase fact) {
        if (to == fact) {
            return fact;
        }
        DataPhase before = fact.next().stream()
                .filter(phase -> phase.compareTo(fact) < 0)
                .findFirst()
                .orElse(null);
        if (before == null) {
            throw new DataException(options.migration() + " is in " + fact
                    + (fact == DataPhase.NEW_ONLY ? ", which has no way back" : ", the first phase"));
        }
        if (to != null && to.compareTo(fact) > 0) {
            throw refused("--to: found " + to + ", which comes after " + fact + "; grayctl data promote goes on.");
        }
        return to == null ? before : to;
    }

    private ParameterException refused(String why) {
        return new ParameterException(command.commandLine(), why);
    }
}
