package io.grayrelease.demo;

import java.util.ArrayList;
import java.util.List;

/**
 * Whether what happened is what was expected, uid by uid.
 *
 * @param answers how many were looked at
 * @param differences one line for each that was not as expected
 */
record Verdict(int answers, List<String> differences) {
    /** Compares the answers, which must be those of the given number of uids. */
    static Verdict of(int uids, List<Answer> answers, Expectation expectation) {
        List<String> differences = new ArrayList<>();
        if (answers.size() != uids) {
            differences.add(uids + " requests, but " + answers.size() + " answers");
        }
        for (Answer answer : answers) {
            Expectation.Expected expected = expectation.of(answer.uid());
            if (!expected.isMetBy(answer)) {
                differences.add("uid " + answer.uid() + ": expected " + expected + "; was " + answer.tag() + ", "
                        + answer.path());
            }
        }
        return new Verdict(answers.size(), List.copyOf(differences));
    }

    boolean holds() {
        return differences.isEmpty();
    }
}
