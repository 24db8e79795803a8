package io.grayrelease.policy.decide;

import java.util.ArrayList;
import java.util.List;

/** A {@code like} pattern, whose only special character is {@code *}: it is cut at the stars once. Immutable. */
final class Wildcard {
    private final List<String> parts = new ArrayList<>();

    Wildcard(String pattern) {
        int from = 0;
        for (int star = pattern.indexOf('*'); star >= 0; star = pattern.indexOf('*', from)) {
            parts.add(pattern.substring(from, star));
            from = star + 1;
        }
        parts.add(pattern.substring(from));
    }

    /** Whether the whole text matches; linear in practice, without the backtracking of a regular expression. */
    boolean matches(String text) {
        String first = parts.get(0);
        String last = parts.get(parts.size() - 1);
        if (parts.size() == 1) {
            return text.equals(first);
        }
        if (text.length() < first.length() + last.length() || !text.startsWith(first) || !text.endsWith(last)) {
            return false;
        }
        return hasInner(text, first.length(), text.length() - last.length());
    }

    /** The parts between the stars, each at its first place after the one before: no later choice could do better. */
    private boolean hasInner(String text, int from, int end) {
        int position = from;
        for (int i = 1; i < parts.size() - 1; i++) {
            String part = parts.get(i);
            int found = text.indexOf(part, position);
            if (found < 0 || found + part.length() > end) {
                return false;
            }
            position = found + part.length();
        }
        return true;
    }
}
