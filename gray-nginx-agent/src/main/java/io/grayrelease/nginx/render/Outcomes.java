package io.grayrelease.nginx.render;

/** The characters by which a variable tells what a condition says. Immutable. */
record Outcomes(String no, String yes, String unknown) {
    static final Outcomes PLAIN = new Outcomes("0", "1", "u");

    /** Those of a condition that is negated: so {@code !} costs no variable. */
    Outcomes negated() {
        return new Outcomes(yes, no, unknown);
    }

    String of(Truth truth) {
        return switch (truth) {
            case NO -> no;
            case YES -> yes;
            case UNKNOWN -> unknown;
            case OPEN -> throw new IllegalArgumentException("only a request decides it");
        };
    }
}
