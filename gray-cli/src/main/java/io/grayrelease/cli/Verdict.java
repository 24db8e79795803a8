package io.grayrelease.cli;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

import org.jspecify.annotations.Nullable;

import io.grayrelease.cli.text.Document;
import io.grayrelease.cli.text.PolicyText;
import io.grayrelease.cli.text.Spot;
import io.grayrelease.cli.text.UnreadableException;
import io.grayrelease.policy.model.GrayPolicy;
import io.grayrelease.policy.model.Problem;
import io.grayrelease.policy.model.Snapshot;
import io.grayrelease.policy.parse.ParseResult;
import io.grayrelease.policy.parse.PolicyParser;

/**
 * What services would say to a text.
 *
 * @param policy the policy, or null if there are errors
 */
public record Verdict(Document document, @Nullable GrayPolicy policy, List<Problem> errors, List<Problem> warnings) {
    public static Verdict of(PolicyText text) throws UnreadableException {
        Document document = text.read();
        Snapshot snapshot = document.snapshot();
        ParseResult result = PolicyParser.parse(snapshot);
        List<Problem> errors = new ArrayList<>(document.mistakes().keySet());
        if (snapshot.isEmpty()) {
            errors.add(Problem.ofKey(
                    "", "no gray.* key", "the keys of a policy, or gray.switch = off to take everything away"));
        }
        errors.addAll(result.errors());
        return new Verdict(
                document,
                errors.isEmpty() ? result.policy() : null,
                inOrder(document, errors),
                inOrder(document, result.warnings()));
    }

    /** By line and column, as one reads; problems without a line stay as they are, before the others. */
    private static List<Problem> inOrder(Document document, List<Problem> problems) {
        return problems.stream()
                .sorted(Comparator.comparing(
                        problem -> document.spot(problem),
                        Comparator.nullsFirst(Comparator.comparingInt(Spot::number)
                                .thenComparingInt(spot -> spot.number() == 0 ? 0 : spot.column()))))
                .toList();
    }

    /** Whether it switches off, which holds even if it has errors. */
    public boolean switchedOff() {
        return PolicyParser.isSwitchedOff(document.snapshot());
    }
}
