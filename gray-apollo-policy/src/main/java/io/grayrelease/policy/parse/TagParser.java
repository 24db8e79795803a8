package io.grayrelease.policy.parse;

import java.util.Set;

import io.grayrelease.policy.model.Tags;

/** Reads a tag where a statement refers to its route. */
final class TagParser {
    private TagParser() {}

    /** The characters up to a space or an option, at least one. */
    static String word(Scanner scanner, String expected) {
        String word = scanner.run(c -> !Scanner.isSpace(c) && !Scanner.isFullWidth(c) && c != ';' && c != '#');
        if (word.isEmpty()) {
            throw scanner.syntaxError(expected);
        }
        return word;
    }

    /** Reports a tag that is none, or that has no route. */
    static void check(Statement statement, int column, String tag, Set<String> tagsWithRoute) {
        if (!Tags.isTag(tag)) {
            statement.error(column, tag, "a tag of A-Z a-z 0-9 . _ -, at most 63, starting with a letter or digit");
        } else if (!tagsWithRoute.contains(tag)) {
            statement.error(
                    column,
                    tag,
                    "a tag with a route, written as " + RouteParser.PREFIX + tag,
                    Suggestions.nearest(tag, tagsWithRoute));
        }
    }
}
