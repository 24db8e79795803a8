package io.grayrelease.policy.parse;

import org.jspecify.annotations.Nullable;

import io.grayrelease.policy.model.Problem;

/** One key with its value, while it is read: a scanner, and where problems go. */
final class Statement {
    private final String key;
    private final String value;
    private final Scanner scanner;
    private final Problems errors;
    private final Problems warnings;

    Statement(String key, String value, Problems errors, Problems warnings) {
        this.key = key;
        this.value = value;
        this.scanner = new Scanner(key, value);
        this.errors = errors;
        this.warnings = warnings;
    }

    String key() {
        return key;
    }

    String value() {
        return value;
    }

    Scanner scanner() {
        return scanner;
    }

    /** A mistake that does not keep the rest of the value from being read. */
    void error(int column, String found, String expected, @Nullable String suggestion) {
        errors.add(Problem.inValue(key, column, Scanner.quote(found), expected).withSuggestion(suggestion));
    }

    void error(int column, String found, String expected) {
        error(column, found, expected, null);
    }

    /** Something that is accepted, but hardly meant. */
    void warn(int column, String found, String expected) {
        warnings.add(Problem.inValue(key, column, Scanner.quote(found), expected));
    }

    /** A mistake of the key. */
    void keyError(String expected) {
        errors.add(Problem.ofKey(key, "this key", expected));
    }

    /** Reads the value, as far as it makes sense. */
    void read(Runnable reading) {
        try {
            reading.run();
        } catch (SyntaxException e) {
            errors.add(e.problem());
        }
    }
}
