package io.grayrelease.cli.portal;

import java.util.concurrent.Callable;

import org.jspecify.annotations.Nullable;

import io.grayrelease.cli.Console;
import io.grayrelease.cli.ExitCode;
import io.grayrelease.cli.Output;
import io.grayrelease.cli.Report;
import io.grayrelease.cli.fleet.Arrival;
import io.grayrelease.cli.fleet.ArrivalOptions;
import io.grayrelease.cli.text.UnreadableException;
import io.grayrelease.policy.model.Snapshot;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code grayctl rollback}. */
@Command(
        name = "rollback",
        description = "Brings the release before the latest one back, with all its keys, and the edit area with it:"
                + " after Apollo's own rollback the edit area still has what was bad, and the next release ships it"
                + " again. With --zookeeper it then waits until all processes run on the policy before.",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:Rolled back; with --zookeeper, all processes run on the policy before.",
            "1:The answer was no; or rolled back, and not all processes run on it.",
            "2:The command line was not understood.",
            "3:The portal refused, and the message says how far it came; or ZooKeeper cannot be reached: then nothing has"
                    + " changed."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  grayctl rollback portal:http://portal:8070/DEV/order-app/default/gray-policy",
            "  grayctl rollback portal:http://portal:8070/DEV/order-app/default/gray-policy --yes \\",
            "      --zookeeper zk1:2181",
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

    @Mixin
    private final ArrivalOptions arrival = new ArrivalOptions();

    @Override
    public Integer call() throws UnreadableException {
        try (arrival) {
            return rollBack();
        }
    }

    private int rollBack() throws UnreadableException {
        arrival.connect();
        Portal portal = options.portal();
        String before = Snapshot.of(portal.released()).hash();
        if (!confirmation.ask("Take policy " + before + " of " + options.place().namespace() + " back?")) {
            return output.show(new Outcome("refused", "", before, before, null));
        }
        String release = portal.rollBack();
        String hash = Snapshot.of(portal.released()).hash();
        return output.show(new Outcome("rolled-back", release, before, hash, arrival.await(hash)));
    }

    /**
     * What became of it.
     *
     * @param outcome {@code rolled-back} or {@code refused}
     * @param release the name of the release that was taken back
     * @param fleet who runs on the one before; null if nobody waited
     */
    private record Outcome(String outcome, String release, String before, String hash, @Nullable Arrival fleet)
            implements Report {
        @Override
        public void print(Console console) {
            console.line(
                    isRolledBack()
                            ? "rolled back: policy " + hash + " is released again, \"" + release + "\" (" + before
                                    + ") is taken back, and the edit area is as the release"
                            : "not rolled back: the answer was no, nothing has changed");
            if (fleet != null) {
                fleet.print(console);
            }
        }

        private boolean isRolledBack() {
            return outcome.equals("rolled-back");
        }

        @Override
        public Object json() {
            return new Json(outcome, before, hash, fleet == null ? null : fleet.json());
        }

        private record Json(String outcome, String takenBack, String hash, @Nullable Object fleet) {}

        @Override
        public int exitCode() {
            return isRolledBack() && (fleet == null || fleet.isComplete()) ? ExitCode.FINE : ExitCode.NO;
        }
    }
}
