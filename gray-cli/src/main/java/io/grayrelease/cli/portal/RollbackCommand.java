package io.grayrelease.cli.portal;

import java.util.Map;
import java.util.concurrent.Callable;

import io.grayrelease.cli.Console;
import io.grayrelease.cli.ExitCode;
import io.grayrelease.cli.Output;
import io.grayrelease.cli.Report;
import io.grayrelease.policy.model.Snapshot;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code grayctl rollback}. */
@Command(
        name = "rollback",
        description =
                "Brings the release before the latest one back, with all its keys, and the edit area with it:"
                        + " after Apollo's own rollback the edit area still has what was bad, and the next release ships it again.",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:Rolled back.",
            "1:The answer was no.",
            "2:The command line was not understood.",
            "3:The portal refused; the message says how far it came."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  grayctl rollback portal:http://portal:8070/DEV/order-app/default/gray-policy",
            "",
            "The token of the portal is read from the environment variable GRAYCTL_PORTAL_TOKEN."
        })
public final class RollbackCommand implements Callable<Integer> {
    @Mixin
    private final Output output = new Output();

    @Mixin
    private final PortalOptions options = new PortalOptions();

    @Mixin
    private final Confirmation confirmation = new Confirmation();

    @Override
    public Integer call() {
        Portal portal = options.portal();
        String before = Snapshot.of(portal.released()).hash();
        if (!confirmation.ask("Take policy " + before + " of " + options.place().namespace() + " back?")) {
            return output.show(new Outcome("refused", "", before, before));
        }
        String release = portal.rollBack();
        return output.show(new Outcome(
                "rolled-back", release, before, Snapshot.of(portal.released()).hash()));
    }

    /**
     * What became of it.
     *
     * @param outcome {@code rolled-back} or {@code refused}
     * @param release the name of the release that was taken back
     */
    private record Outcome(String outcome, String release, String before, String hash) implements Report {
        @Override
        public void print(Console console) {
            console.line(
                    exitCode() == ExitCode.FINE
                            ? "rolled back: policy " + hash + " is released again, \"" + release + "\" (" + before
                                    + ") is taken back, and the edit area is as the release"
                            : "not rolled back: the answer was no, nothing has changed");
        }

        @Override
        public Object json() {
            return Map.of("outcome", outcome, "takenBack", before, "hash", hash);
        }

        @Override
        public int exitCode() {
            return outcome.equals("rolled-back") ? ExitCode.FINE : ExitCode.NO;
        }
    }
}
