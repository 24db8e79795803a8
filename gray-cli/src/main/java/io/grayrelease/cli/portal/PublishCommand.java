package io.grayrelease.cli.portal;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.concurrent.Callable;

import org.jspecify.annotations.Nullable;

import io.grayrelease.cli.Console;
import io.grayrelease.cli.ExitCode;
import io.grayrelease.cli.Output;
import io.grayrelease.cli.Report;
import io.grayrelease.cli.Verdict;
import io.grayrelease.cli.check.CheckReport;
import io.grayrelease.cli.diff.DiffReport;
import io.grayrelease.cli.fleet.Arrival;
import io.grayrelease.cli.fleet.ArrivalOptions;
import io.grayrelease.cli.text.PolicyText;
import io.grayrelease.cli.text.UnreadableException;
import io.grayrelease.policy.model.GrayPolicy;
import io.grayrelease.policy.model.Snapshot;
import io.grayrelease.policy.parse.PolicyParser;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code grayctl publish}. */
@Command(
        name = "publish",
        description =
                "Checks a policy, shows what changes and who moves, asks, and releases it in Apollo's portal. Keys that are not"
                        + " of the policy stay as they are, and what others have written there and not released stays unreleased. With --zookeeper it then"
                        + " waits until all processes run on the policy.",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:Released, or nothing to change; with --zookeeper, all processes run on the policy.",
            "1:Not released: the policy has errors, the edit area has other changes, or the answer was no;"
                    + " or released, and not all processes run on it.",
            "2:The command line was not understood.",
            "3:A policy cannot be read, or the portal refused, or ZooKeeper cannot be reached: then nothing is released."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  grayctl publish portal:http://portal:8070/DEV/order-app/default/gray-policy policy.properties",
            "  grayctl publish portal:http://portal:8070/DEV/order-app/default/gray-policy next.properties \\",
            "      --title 'order 2.0.0: 5 %%' --operator ann --yes",
            "  grayctl publish portal:http://portal:8070/DEV/order-app/default/gray-policy next.properties \\",
            "      --yes --zookeeper zk1:2181 --timeout 2m",
            "",
            "The token of the portal is read from the environment variable GRAYCTL_PORTAL_TOKEN."
        })
public final class PublishCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec command;

    @Mixin
    private final Output output = new Output();

    @Mixin
    private final PortalOptions options = new PortalOptions();

    @Mixin
    private final Confirmation confirmation = new Confirmation();

    @Mixin
    private final ArrivalOptions arrival = new ArrivalOptions();

    @Parameters(index = "1", paramLabel = "POLICY", description = "The policy: " + PolicyText.FORMS + ".")
    @SuppressWarnings("NullAway.Init") // picocli demands it
    private PolicyText text;

    @Option(
            names = "--title",
            paramLabel = "TEXT",
            defaultValue = "grayctl publish",
            description = "The name of the release, for the history; by default '${DEFAULT-VALUE}'.")
    @SuppressWarnings("NullAway.Init") // it has a default
    private String title;

    @Option(
            names = "--overwrite",
            description =
                    "Drop what is written in the edit area of the policy's keys, differs from this policy and is not"
                            + " released. Without it, grayctl refuses.")
    private boolean overwrite;

    @Option(
            names = "--uids",
            paramLabel = "FILE",
            description = "The users to count who move, as in diff. Without it, a fixed sample: 1 to 100000.")
    private @Nullable Path uids;

    @Override
    public Integer call() throws UnreadableException {
        try (arrival) {
            return publish();
        }
    }

    private int publish() throws UnreadableException {
        Verdict verdict = Verdict.of(text);
        if (verdict.policy() == null) {
            return output.show(new CheckReport(List.of(verdict)));
        }
        arrival.connect();
        Snapshot wanted = verdict.document().snapshot();
        Portal portal = options.portal();
        SortedMap<String, String> released = Snapshot.of(portal.released()).values();
        List<Change> changes = Change.between(released, wanted.values());
        List<Change> pending = pending(portal, released, wanted.values());
        if (!pending.isEmpty() && !overwrite) {
            return output.show(new Outcome("pending", wanted.hash(), pending, null));
        }
        if (changes.isEmpty() && pending.isEmpty()) {
            return output.show(new Outcome("unchanged", wanted.hash(), changes, arrival.await(wanted.hash())));
        }
        if (!confirmed(verdict, Snapshot.of(released), changes)) {
            return output.show(new Outcome("refused", wanted.hash(), changes, null));
        }
        portal.publish(keys -> replacePolicy(keys, wanted.values()), title, "policy " + wanted.hash());
        return output.show(new Outcome("released", wanted.hash(), changes, arrival.await(wanted.hash())));
    }

    /** What somebody wrote of the policy and did not release, and what this policy would not keep. */
    private static List<Change> pending(Portal portal, Map<String, String> released, Map<String, String> wanted) {
        SortedMap<String, String> edited = Snapshot.of(portal.edited()).values();
        return Change.between(released, edited).stream()
                .filter(change -> change.after() == null
                        ? wanted.containsKey(change.key())
                        : !change.after().equals(wanted.get(change.key())))
                .toList();
    }

    /** What a person has to see before the question goes where people look, whatever form the report has. */
    private boolean confirmed(Verdict verdict, Snapshot released, List<Change> changes) throws UnreadableException {
        CommandLine line = command.commandLine();
        PrintWriter err = line.getErr();
        Console console = new Console(err, line.getColorScheme().ansi());
        if (!verdict.warnings().isEmpty()) {
            new CheckReport(List.of(verdict)).print(console);
        }
        GrayPolicy from = PolicyParser.parse(released).policy();
        GrayPolicy to = verdict.policy();
        if (released.isEmpty() || from == null || to == null) { // there is nothing that could be compared
            changes.forEach(change -> change.print(console));
        } else {
            DiffReport.of(from, to, uids, Clock.systemUTC().instant(), arrival.providers())
                    .print(console);
        }
        err.flush();
        return confirmation.ask("Release " + changes.size() + " changed keys in "
                + options.place().namespace() + "?");
    }

    private static void replacePolicy(SortedMap<String, String> keys, Map<String, String> policy) {
        keys.keySet().removeIf(key -> key.startsWith(Snapshot.PREFIX));
        keys.putAll(policy);
    }

    /**
     * What became of it.
     *
     * @param outcome {@code released}, {@code unchanged}, {@code pending} or {@code refused}
     * @param fleet who runs on it; null if nobody waited
     */
    private record Outcome(String outcome, String hash, List<Change> changes, @Nullable Arrival fleet)
            implements Report {
        @Override
        public void print(Console console) {
            switch (outcome) {
                case "released" -> console.line("released: policy " + hash + ", " + changes.size() + " changed keys");
                case "unchanged" -> console.line("nothing to do: policy " + hash + " is released");
                case "pending" -> {
                    console.line("not released: the edit area has changes that this policy does not have:");
                    changes.forEach(change -> change.print(console));
                    console.line("release or undo them in the portal, or drop them with --overwrite");
                }
                default -> console.line("not released: the answer was no, nothing has changed");
            }
            if (fleet != null) {
                fleet.print(console);
            }
        }

        @Override
        public Object json() {
            return new Json(
                    outcome, hash, changes.stream().map(Change::key).toList(), fleet == null ? null : fleet.json());
        }

        private record Json(String outcome, String hash, List<String> keys, @Nullable Object fleet) {}

        @Override
        public int exitCode() {
            boolean released = outcome.equals("released") || outcome.equals("unchanged");
            return released && (fleet == null || fleet.isComplete()) ? ExitCode.FINE : ExitCode.NO;
        }
    }
}
