package io.grayrelease.policy.parse;

/** The keys that a policy knows. */
final class Keys {
    static final String SWITCH = "gray.switch";
    static final String BASELINE = "gray.baseline";
    static final String WHEN_BASELINE_EMPTY = "gray.when-baseline-empty";
    static final String LIST_PREFIX = "gray.list.";

    private static final String[] FIRST_PARTS = {
        SWITCH, BASELINE, WHEN_BASELINE_EMPTY, "gray.list", "gray.rule", "gray.route"
    };

    private Keys() {}

    /** The closest key that a policy knows, however far it is. */
    static String closest(String key) {
        int secondDot = key.indexOf('.', key.indexOf('.') + 1);
        String firstParts = secondDot < 0 ? key : key.substring(0, secondDot);
        String closest = Suggestions.closest(firstParts, FIRST_PARTS);
        boolean complete = closest.equals(SWITCH) || closest.equals(BASELINE) || closest.equals(WHEN_BASELINE_EMPTY);
        return complete ? closest : closest + (secondDot < 0 ? "." : key.substring(secondDot));
    }
}
