package io.grayrelease.policy.parse;

import org.jspecify.annotations.Nullable;

import io.grayrelease.policy.model.Words;

/** The keys that a policy knows. */
final class Keys {
    static final String SWITCH = "gray.switch";
    static final String BASELINE = "gray.baseline";
    static final String WHEN_BASELINE_EMPTY = "gray.when-baseline-empty";
    static final String LIST_PREFIX = "gray.list.";

    private static final int MAX_NAME_LENGTH = 63;
    private static final String[] FIRST_PARTS = {
        SWITCH, BASELINE, WHEN_BASELINE_EMPTY, "gray.list", "gray.rule", "gray.route", "gray.data"
    };

    private Keys() {}

    /** The name of the list that a key is, or is a piece of; null if it is no such key. */
    static @Nullable String listName(String key) {
        String rest = key.substring(LIST_PREFIX.length());
        int dot = rest.indexOf('.');
        String name = dot < 0 ? rest : rest.substring(0, dot);
        boolean whole = dot < 0 || isPiece(rest.substring(dot + 1));
        return whole && name.length() <= MAX_NAME_LENGTH && Words.isWord(name, "_-") ? name : null;
    }

    private static boolean isPiece(String number) {
        return !number.isEmpty() && number.charAt(0) != '0' && Words.isDigits(number);
    }

    /** The closest key that a policy knows, however far it is. */
    static String closest(String key) {
        int secondDot = key.indexOf('.', key.indexOf('.') + 1);
        String firstParts = secondDot < 0 ? key : key.substring(0, secondDot);
        String closest = Suggestions.closest(firstParts, FIRST_PARTS);
        boolean complete = closest.equals(SWITCH) || closest.equals(BASELINE) || closest.equals(WHEN_BASELINE_EMPTY);
        return complete ? closest : closest + (secondDot < 0 ? "." : key.substring(secondDot));
    }
}
