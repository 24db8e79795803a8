package io.grayrelease.cli.diff;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import io.grayrelease.cli.Console;
import io.grayrelease.cli.ExitCode;
import io.grayrelease.cli.Report;
import io.grayrelease.cli.diff.Movement.Count;
import io.grayrelease.cli.text.UnreadableException;
import io.grayrelease.policy.check.DataSteps;
import io.grayrelease.policy.model.GrayPolicy;
import io.grayrelease.policy.model.Problem;
import io.grayrelease.zookeeper.providers.Provider;

/**
 * What changes, then who moves.
 *
 * @param steps the phases of data that cannot follow those before
 */
public record DiffReport(
        String before,
        String after,
        List<Change> changes,
        List<Problem> steps,
        String users,
        Movement movement,
        List<String> rulesThatLookAtMore,
        @Nullable List<Missing> missing)
        implements Report {
    /**
     * Compares two policies.
     *
     * @param uids the users to count, one in a line, or null for a fixed sample
     * @param time what rules with {@code now} look at
     * @param alive the providers that are there, or null if nobody asked
     */
    public static DiffReport of(
            GrayPolicy from, GrayPolicy to, @Nullable Path uids, Instant time, @Nullable List<Provider> alive)
            throws UnreadableException {
        Uids users = Uids.of(uids);
        return new DiffReport(
                from.hash(),
                to.hash(),
                Changes.between(from, to),
                DataSteps.check(from, to),
                users.source(),
                Movement.of(from, to, users.values(), Clock.fixed(time, ZoneOffset.UTC)),
                UidsOnly.exceptions(from, to),
                alive == null ? null : Missing.between(from, to, alive));
    }

    @Override
    public int exitCode() {
        return ExitCode.FINE;
    }

    @Override
    public void print(Console console) {
        console.line(console.bold("policy " + before + " -> " + after));
        if (changes.isEmpty()) {
            console.line("  nothing changes");
        }
        changes.forEach(change -> print(change, console));
        steps.forEach(step -> console.line(console.yellow("warning") + ": " + step));
        console.line(console.bold("who moves, of " + movement.uids() + " uids: ") + users);
        int width = width();
        console.line(("  %-" + width + "s %9s %9s %9s %9s").formatted("", "before", "after", "entering", "leaving"));
        movement.cohorts().forEach(count -> console.line(row(count, width)));
        movement.overlaps().forEach(count -> console.line(row(count, width)));
        if (!rulesThatLookAtMore.isEmpty()) {
            console.line(console.yellow("not only the uid counts") + " for " + String.join(", ", rulesThatLookAtMore)
                    + ": what else they look at is missing here");
        }
        if (missing != null) {
            missing.forEach(target -> console.line(console.yellow("no provider alive") + " of " + target.target() + ":"
                    + target.version() + ", which " + target.statement() + " names from now on"));
        }
    }

    /** Old and new stand below each other if they are more than a word: rules have arrows of their own. */
    private static void print(Change change, Console console) {
        String head = "  " + mark(change, console) + " " + change.what();
        String was = change.was();
        String is = change.is();
        if (was == null || is == null) {
            console.line(head + ": "
                    + Stream.of(was, is, change.note()).filter(Objects::nonNull).collect(Collectors.joining()));
        } else if (was.indexOf(' ') < 0 && is.indexOf(' ') < 0) {
            console.line(head + ": " + was + " -> " + is);
        } else {
            console.line(head);
            console.line("      " + console.red("was") + " " + was);
            console.line("      " + console.green("is ") + " " + is);
        }
    }

    private static String mark(Change change, Console console) {
        return switch (change.kind()) {
            case ADDED -> console.green("+");
            case REMOVED -> console.red("-");
            case CHANGED -> console.yellow("~");
        };
    }

    private int width() {
        int cohort = movement.cohorts().stream()
                .mapToInt(count -> count.group().length())
                .max()
                .orElse(0);
        int overlap = movement.overlaps().stream()
                .mapToInt(count -> count.group().length())
                .max()
                .orElse(0);
        return Math.max(cohort, overlap);
    }

    private static String row(Count count, int width) {
        return ("  %-" + width + "s %9d %9d %9d %9d")
                .formatted(count.group(), count.before(), count.after(), count.entering(), count.leaving());
    }

    @Override
    public Object json() {
        return new Json(
                before,
                after,
                changes.stream()
                        .map(change -> new JsonChange(
                                change.kind().name().toLowerCase(Locale.ROOT),
                                change.what(),
                                change.was(),
                                change.is(),
                                change.note()))
                        .toList(),
                steps.stream().map(Problem::toString).toList(),
                users,
                movement,
                rulesThatLookAtMore,
                missing);
    }

    private record Json(
            String before,
            String after,
            List<JsonChange> changes,
            List<String> warnings,
            String users,
            Movement movement,
            List<String> rulesThatLookAtMore,
            @Nullable List<Missing> missing) {}

    private record JsonChange(
            String kind, String what, @Nullable String was, @Nullable String is, @Nullable String note) {}
}
