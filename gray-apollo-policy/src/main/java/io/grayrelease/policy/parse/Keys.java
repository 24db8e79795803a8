package io.grayrelease.policy.parse;

import org.jspecify.annotations.Nullable;

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

    /** The key that was probably meant, or null. */
    static @Nullable String nearest(String key) {
        int secondDot = key.indexOf('.', key.indexOf('.') + 1);
        String firstParts = secondDot < 0 ? key : key.substring(0, secondDot);
        String nearest = Suggestions.nearest(firstParts, FIRST_PARTS);
        boolean complete = nearest == null
                || nearest.equals(SWITCH)
                || nearest.equals(BASELINE)
                || nearest.equals(WHEN_BASELINE_EMPTY);
        return complete ? nearest : nearest + (secondDot < 0 ? "." : key.substring(secondDot));
    }
}
