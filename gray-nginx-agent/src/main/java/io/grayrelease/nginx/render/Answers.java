package io.grayrelease.nginx.render;

/** What a predicate on texts answers: for a text that is meant, for another, for none, and where it cannot tell. Immutable. */
record Answers(String hit, String miss, String missing, String unknown) {
    static Answers of(Outcomes outcomes) {
        return new Answers(outcomes.yes(), outcomes.no(), outcomes.no(), outcomes.unknown());
    }

    /** Those of {@code !=}: a value that is missing is not different. */
    static Answers ofDifferent(Outcomes outcomes) {
        return new Answers(outcomes.no(), outcomes.yes(), outcomes.no(), outcomes.unknown());
    }
}
