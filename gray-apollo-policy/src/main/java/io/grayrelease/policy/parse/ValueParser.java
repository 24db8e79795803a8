package io.grayrelease.policy.parse;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import io.grayrelease.policy.model.Problem;
import io.grayrelease.policy.model.Value;
import io.grayrelease.policy.model.Value.Kind;

/** Reads which value of a request a predicate looks at. */
final class ValueParser {
    private static final Map<String, Kind> KINDS = new LinkedHashMap<>();
    private static final String[] OTHER_WORDS = {"hash", "has", "now", "true"};
    private static final BigInteger MAX_INDEX = BigInteger.valueOf(254); // a Java method has at most 255 parameters

    static {
        for (Kind kind : Kind.values()) {
            KINDS.put(kind.name().toLowerCase(Locale.ROOT), kind);
        }
    }

    private final Scanner scanner;

    ValueParser(Scanner scanner) {
        this.scanner = scanner;
    }

    Value value() {
        int column = scanner.column();
        String word = scanner.run(Scanner::isLetter);
        Kind kind = KINDS.get(word);
        if (kind == null) {
            Problem notAValue = scanner.syntaxErrorAt(
                            column, "a value (" + String.join(", ", KINDS.keySet()) + ") or hash, has, now, true")
                    .problem();
            throw new SyntaxException(withSuggestion(notAValue, word));
        }
        switch (kind) {
            case HEADER:
            case COOKIE:
            case PARAM:
            case ATTACHMENT:
                return Value.named(kind, name(word));
            case ARG:
                return argument();
            default:
                return Value.of(kind);
        }
    }

    private static Problem withSuggestion(Problem problem, String word) {
        if (word.isEmpty() || problem.suggestion() != null) {
            return problem;
        }
        List<String> words = new ArrayList<>(KINDS.keySet());
        words.addAll(Arrays.asList(OTHER_WORDS));
        return problem.withSuggestion(Suggestions.nearest(word, words));
    }

    private String name(String word) {
        scanner.expect("[", "[ and a name, as in " + word + "[\"x-app\"]");
        int column = scanner.column();
        String name = scanner.string();
        if (name.isEmpty()) {
            throw scanner.syntaxErrorAt(column, "a name that is not empty");
        }
        scanner.expect("]", "]");
        return name;
    }

    private Value argument() {
        scanner.expect("[", "[ and an index, as in arg[0]");
        int column = scanner.column();
        BigInteger index = scanner.integer();
        if (index.signum() < 0 || index.compareTo(MAX_INDEX) > 0) {
            throw scanner.syntaxErrorAt(column, "an index from 0 to " + MAX_INDEX);
        }
        scanner.expect("]", "]");
        List<String> path = new ArrayList<>();
        while (scanner.acceptAdjacent(".")) {
            path.add(identifier());
        }
        return Value.argument(index.intValueExact(), path);
    }

    private String identifier() {
        int column = scanner.column();
        String identifier = scanner.run(Character::isJavaIdentifierPart);
        if (identifier.isEmpty() || !Character.isJavaIdentifierStart(identifier.charAt(0))) {
            throw scanner.syntaxErrorAt(column, "the name of a getter or key");
        }
        return identifier;
    }
}
