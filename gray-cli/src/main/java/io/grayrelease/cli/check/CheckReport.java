package io.grayrelease.cli.check;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import io.grayrelease.cli.Console;
import io.grayrelease.cli.ExitCode;
import io.grayrelease.cli.Report;
import io.grayrelease.cli.Verdict;
import io.grayrelease.cli.text.Spot;
import io.grayrelease.policy.model.GrayPolicy;
import io.grayrelease.policy.model.Problem;

/** The problems of some policies, each with its line. */
public final class CheckReport implements Report {
    private final List<Verdict> verdicts;

    public CheckReport(List<Verdict> verdicts) {
        this.verdicts = verdicts;
    }

    @Override
    public int exitCode() {
        return verdicts.stream().allMatch(verdict -> verdict.errors().isEmpty()) ? ExitCode.FINE : ExitCode.NO;
    }

    @Override
    public void print(Console console) {
        verdicts.forEach(verdict -> print(verdict, console));
    }

    private static void print(Verdict verdict, Console console) {
        verdict.errors().forEach(problem -> print(verdict, problem, console.red("error"), console));
        verdict.warnings().forEach(problem -> print(verdict, problem, console.yellow("warning"), console));
        console.line(console.bold(verdict.document().place()) + ": " + summary(verdict, console));
        if (!verdict.errors().isEmpty() && verdict.switchedOff()) {
            console.line("    gray.switch is off, and that holds all the same: every call is baseline");
        }
    }

    private static void print(Verdict verdict, Problem problem, String severity, Console console) {
        Spot spot = verdict.document().spot(problem);
        console.line(console.bold(where(verdict, problem, spot)) + ": " + severity + ": " + words(problem));
        if (spot != null) {
            new MarkedLine(spot, problem).print(console);
        }
    }

    /** {@code file:line:column}, as editors understand it; the key where there are no lines. */
    private static String where(Verdict verdict, Problem problem, @Nullable Spot spot) {
        String place = verdict.document().place();
        if (spot == null || spot.number() == 0) {
            String column = problem.column() == 0 ? "" : ", column " + problem.column();
            return place + (problem.key().isEmpty() ? "" : ": " + problem.key() + column);
        }
        return place + ":" + spot.number() + ":" + spot.column();
    }

    private static String words(Problem problem) {
        String suggestion = problem.suggestion() == null ? "" : "; did you mean \"" + problem.suggestion() + "\"?";
        return "found " + problem.found() + ", expected " + problem.expected() + suggestion;
    }

    private static String summary(Verdict verdict, Console console) {
        GrayPolicy policy = verdict.policy();
        String warnings = count(verdict.warnings().size(), "warning");
        if (policy == null) {
            return console.red("rejected") + ", " + count(verdict.errors().size(), "error") + ", " + warnings;
        }
        return console.green("accepted")
                + (policy.on() ? "" : ", switched off")
                + ": policy " + policy.hash() + ", " + count(policy.rules().size(), "rule") + ", "
                + count(policy.routes().size(), "route") + ", " + migrations(policy) + warnings;
    }

    private static String migrations(GrayPolicy policy) {
        int number = policy.migrations().size();
        return number == 0 ? "" : count(number, "migration") + ", ";
    }

    private static String count(int count, String noun) {
        return count + " " + noun + (count == 1 ? "" : "s");
    }

    @Override
    public Object json() {
        return Map.of("policies", verdicts.stream().map(CheckReport::json).toList());
    }

    /** A policy for programs; no hash if it is rejected. */
    private record JsonPolicy(String place, boolean accepted, @Nullable String hash, List<JsonProblem> problems) {}

    /** A problem for programs; no line where there is none, no column if the key is meant. */
    private record JsonProblem(
            String severity,
            String key,
            @Nullable Integer column,
            @Nullable Integer line,
            @Nullable Integer lineColumn,
            String found,
            String expected,
            @Nullable String suggestion) {}

    private static JsonPolicy json(Verdict verdict) {
        GrayPolicy policy = verdict.policy();
        return new JsonPolicy(
                verdict.document().place(),
                policy != null,
                policy == null ? null : policy.hash(),
                Stream.concat(
                                verdict.errors().stream().map(problem -> json(verdict, "error", problem)),
                                verdict.warnings().stream().map(problem -> json(verdict, "warning", problem)))
                        .toList());
    }

    private static JsonProblem json(Verdict verdict, String severity, Problem problem) {
        Spot spot = verdict.document().spot(problem);
        Spot inFile = spot != null && spot.number() > 0 ? spot : null;
        return new JsonProblem(
                severity,
                problem.key(),
                problem.column() == 0 ? null : problem.column(),
                inFile == null ? null : inFile.number(),
                inFile == null ? null : inFile.column(),
                problem.found(),
                problem.expected(),
                problem.suggestion());
    }
}
