package io.grayrelease.policy.parse;

import io.grayrelease.policy.model.Problem;

/** Ends the reading of one value where it stops making sense. */
final class SyntaxException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final transient Problem problem;

    SyntaxException(Problem problem) {
        super(null, null, false, false); // never leaves the parser: neither text nor stack trace needed
        this.problem = problem;
    }

    Problem problem() {
        return problem;
    }
}
