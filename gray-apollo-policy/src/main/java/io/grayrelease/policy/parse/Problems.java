package io.grayrelease.policy.parse;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;

import io.grayrelease.policy.model.Problem;

/** Collects what is wrong, so that an operator sees everything at once. */
final class Problems {
    private static final Comparator<Problem> BY_PLACE =
            Comparator.comparing(Problem::key).thenComparing(Problem::column);

    private final List<Problem> problems = new ArrayList<>();

    void add(Problem problem) {
        problems.add(problem);
    }

    boolean isEmpty() {
        return problems.isEmpty();
    }

    /** All problems until now, sorted by key and column; unmodifiable. */
    List<Problem> sorted() {
        List<Problem> sorted = new ArrayList<>(problems);
        sorted.sort(BY_PLACE);
        return Collections.unmodifiableList(sorted);
    }
}
