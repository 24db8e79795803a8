package io.grayrelease.nginx.render;

import java.util.Arrays;
import java.util.List;

/** A {@code like} pattern as a regular expression that never goes back, as {@code decide.Wildcard} does not. */
final class LikeRegex {
    private static final int MAX_LAST = 255; // a lookbehind of PCRE takes many more, of some builds

    private LikeRegex() {}

    /** The expression of a pattern with a star. */
    static String of(String pattern) {
        List<String> parts = Arrays.asList(pattern.split("\\*", -1));
        String last = parts.get(parts.size() - 1);
        StringBuilder regex = new StringBuilder("(?s)^" + Text.regex(parts.get(0)));
        for (String part : parts.subList(1, parts.size() - 1)) {
            if (!part.isEmpty()) {
                regex.append("(?>.*?").append(Text.regex(part)).append(')');
            }
        }
        return regex.append(last.isEmpty() ? "" : end(last)).toString();
    }

    /** The end of a text, which must not overlap with the part before it: there are as many characters left. */
    private static String end(String last) {
        return last.length() > MAX_LAST
                ? ".*" + Text.regex(last) + "\\z"
                : ".{" + last.length() + "}(?>.*)(?<=" + Text.regex(last) + ")\\z";
    }
}
