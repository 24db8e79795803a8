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

/** {@code grayctl data promote}. */
@Command(
        name = "promote",
        description = "Wishes the next phase of a migration in Apollo, if nothing is in its way, and waits until it is"
                + " the fact and all processes know. NEW_ONLY has no way back, and is asked for by name.",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:The phase is the fact, and all processes know.",
            "1:A gate is shut, or the answer was no: nothing is released; or it did not arrive in time: what is"
                    + " wished stays.",
            "2:The command line was not understood.",
            "3:The portal refused, or a store cannot be reached."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  grayctl data promote portal:http://portal:8070/PRO/order-app/default/gray-policy orders \\",
            "      --stores stores.properties --timeout 2m",
            "  grayctl data promote orders --no-publish --to GRAY_READ --stores stores.properties",
            "",
            "The token of the portal is read from the environment variable GRAYCTL_PORTAL_TOKEN.",
            StoreOptions.PASSWORDS
        })
final class PromoteCommand implements Callable<Integer> {
    private static final String NO_WAY_BACK = "--yes-no-way-back";

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
            description =
                    "${COMPLETION-CANDIDATES}; by default the phase after the fact. One that is the fact already is"
                            + " fine. --no-publish needs it: the fact may arrive before it looks.")
    private @Nullable DataPhase to;

    @Option(names = NO_WAY_BACK, description = "Do not ask for the name before NEW_ONLY either.")
    private boolean noWayBack;

    @Override
    public Integer call() throws UnreadableException, InterruptedException {
        WishKey wish = options.wish();
        if (wish == null && to == null) {
            // The fact may be there before we look, and the phase after it would be one too far.
            throw refused("Missing --to PHASE: with --no-publish, the phase that somebody else wishes.");
        }
        try (Stores opened = stores.open(0)) {
            MigrationLook look = opened.look(options.migration());
            MigrationView view = MigrationView.of(look);
            DataPhase wanted = wanted(view.status().phase());
            Step step = new Step(command.commandLine(), look, stores.words(), wish, view, wanted);
            return output.show(step.run(true, options.timeout(), question -> ask(wanted, question)));
        }
    }

    private DataPhase wanted(DataPhase fact) {
        DataPhase next = fact.towards(DataPhase.NEW_ONLY);
        if (to == null) {
            if (next == null) {
                throw new DataException(options.migration() + " is in NEW_ONLY, the last phase");
            }
            return next;
        }
        if (to.compareTo(fact) < 0) {
            throw refused("--to: found " + to + ", which comes before " + fact + "; grayctl data rollback goes back.");
        }
        if (to != fact && to != next) {
            throw refused("--to: found " + to + ", expected " + next + ", the phase after " + fact
                    + ", or that itself: one step at a time.");
        }
        return to;
    }

    private ParameterException refused(String why) {
        return new ParameterException(command.commandLine(), why);
    }

    private boolean ask(DataPhase wanted, String question) {
        if (wanted != DataPhase.NEW_ONLY) {
            return confirmation.ask(question);
        }
        return noWayBack
                || confirmation.askToType(
                        question + " The old store gets nothing any more, and there is no way back.",
                        options.migration(),
                        NO_WAY_BACK);
    }
}
