package io.grayrelease.policy.parse;

import java.util.ArrayList;
import java.util.List;

/** Reads comma-separated values; each is a string in double quotes, or anything without spaces, commas, quotes and #. */
final class ListParser {
    private static final String ELEMENT = "a value of the list";
    private static final String END = ", or nothing more";

    private ListParser() {}

    /** The values; none for an empty text. */
    static List<String> parse(Statement statement) {
        Scanner scanner = statement.scanner();
        List<String> values = new ArrayList<>();
        if (scanner.atEnd()) {
            return values;
        }
        do {
            values.add(scanner.isString() ? scanner.string() : element(scanner));
        } while (scanner.accept(","));
        scanner.expectEnd(scanner.isNext('#') ? END + ", or double quotes around a value with #" : END);
        return values;
    }

    private static String element(Scanner scanner) {
        String element = scanner.run(c -> !Scanner.isSpace(c) && !Scanner.isFullWidth(c) && ",\"#".indexOf(c) < 0);
        if (element.isEmpty()) {
            throw scanner.syntaxError(ELEMENT);
        }
        return element;
    }
}
