package io.grayrelease.nginx.render;

import io.grayrelease.policy.model.Baggage;

/** Writes {@code $gray_baggage}: what the client sent without our member, and ours. */
final class BaggageVariable {
    /** The W3C's bound for all of it, as {@link Baggage} has it. */
    private static final int MAX_LENGTH = 8_192;

    /** So many forged members are taken out one by one; a request with more loses its baggage. */
    private static final int FORGED = 4;

    private static final String SPACES = "[\\x00-\\x20]*+";
    /** Others decode names, once more at every hop ({@code gray%2Etag}): one that can be decoded at all is taken for ours. */
    private static final String ENCODED = "[^=,%+]*+[%+][^=,]*+";

    private static final String NAME = "(?:" + SPACES + Text.regex(Baggage.TAG) + SPACES + "|" + ENCODED + ")=";
    private static final String SEPARATOR = "\\x00-\\x20,";

    private BaggageVariable() {}

    /** @param tags the tags in our member, an expression; empty: there is none */
    static void declare(Declarations declarations, String tags) {
        String others = others(declarations);
        String ours =
                declarations.map(MapTable.of(tags, Baggage.TAG + "=" + tags).whenEmpty(""));
        declarations.map(
                "gray_baggage",
                MapTable.of(others + "," + ours, others + "," + ours)
                        .whenMatches("^,.{" + (MAX_LENGTH + 1) + "}", "")
                        .whenMatches("^,", ours)
                        .whenMatches(",\\z", others)
                        .whenMatches("^.{" + (MAX_LENGTH + 1) + "}", others));
    }

    /** Neither begins nor ends with a comma. */
    private static String others(Declarations declarations) {
        String rest = "${http_baggage}";
        for (int i = 0; i < FORGED; i++) {
            rest = declarations.map(MapTable.of(rest, rest)
                    .whenMatches("^((?:[^,]*+,)*?)" + NAME + "[^,]*+,(.*)", "$1$2")
                    .whenMatches("^" + NAME + "[^,]*+\\z", "")
                    .whenMatches("^(.*)," + NAME + "[^,]*+\\z", "$1"));
        }
        return declarations.map(MapTable.of(rest, "")
                .whenMatches("(?:^|,)" + NAME, "")
                .whenMatches("^[" + SEPARATOR + "]*+(.*[^" + SEPARATOR + "])", "$1"));
    }
}
