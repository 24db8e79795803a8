package io.grayrelease.policy.parse;

import java.util.LinkedHashMap;
import java.util.Map;

import io.grayrelease.policy.model.Route;
import io.grayrelease.policy.model.Targets;
import io.grayrelease.policy.model.VersionPattern;
import io.grayrelease.policy.model.Words;

/** Reads {@code target:version, target:version ; fallback=...}, and {@code gray.baseline}, which has no option. */
final class RouteParser {
    static final String PREFIX = "gray.route.";

    private static final String FALLBACK = "fallback";
    private static final String BASELINE = "baseline";
    private static final String STRICT = "strict";

    private final Statement statement;
    private final Scanner scanner;

    private RouteParser(Statement statement) {
        this.statement = statement;
        this.scanner = statement.scanner();
    }

    /** The route of a tag. */
    static Route route(Statement statement, String tag) {
        RouteParser parser = new RouteParser(statement);
        Targets targets = parser.targets();
        return Route.of(tag, targets, parser.fallback());
    }

    /** The targets of {@code gray.baseline}. */
    static Targets baseline(Statement statement) {
        Targets targets = new RouteParser(statement).targets();
        statement.scanner().expectEnd(", and another target:version, or nothing more");
        return targets;
    }

    private Targets targets() {
        Map<String, VersionPattern> versions = new LinkedHashMap<>();
        do {
            int column = scanner.column();
            String target = part("a target: an interface, an application or *");
            scanner.expect(":", ": and a version");
            int versionColumn = scanner.column();
            String version = part("a version");
            if (!isTarget(target)) {
                statement.error(column, target, "a target: an interface, an application or *");
            }
            if (versions.containsKey(target)) {
                statement.error(column, target, "each target once");
            }
            versions.put(target, checked(versionColumn, version));
        } while (scanner.accept(","));
        return Targets.of(versions);
    }

    private static boolean isTarget(String target) {
        return target.equals(Targets.ANY) || (Words.isOf(target, "_$.-") && ".-".indexOf(target.charAt(0)) < 0);
    }

    private String part(String expected) {
        String part = scanner.run(c -> !Scanner.isSpace(c) && !Scanner.isFullWidth(c) && ":,;#".indexOf(c) < 0);
        if (part.isEmpty()) {
            throw scanner.syntaxError(expected);
        }
        return part;
    }

    private VersionPattern checked(int column, String version) {
        if (VersionPattern.isValid(version)) {
            return VersionPattern.of(version);
        }
        statement.error(column, version, "an exact version, or one that ends in .* (2.* is 2, 2.0 and 2.1.7)");
        return VersionPattern.of("0");
    }

    private Route.Fallback fallback() {
        Route.Fallback fallback = Route.Fallback.BASELINE;
        boolean seen = false;
        while (scanner.accept(";")) {
            int column = scanner.column();
            String option = option();
            scanner.expect("=", "=");
            if (!option.equals(FALLBACK)) {
                statement.error(column, option, "the option fallback", Suggestions.nearest(option, FALLBACK));
            } else if (seen) {
                statement.error(column, option, "each option once");
            }
            seen = true;
            fallback = fallbackValue();
        }
        scanner.expectEnd(", and another target:version, ; and an option, or nothing more");
        return fallback;
    }

    private Route.Fallback fallbackValue() {
        int column = scanner.column();
        String value = option();
        if (!value.equals(BASELINE) && !value.equals(STRICT)) {
            statement.error(column, value, "baseline or strict", Suggestions.nearest(value, BASELINE, STRICT));
        }
        return value.equals(STRICT) ? Route.Fallback.STRICT : Route.Fallback.BASELINE;
    }

    private String option() {
        String word = scanner.run(Scanner::isLetter);
        if (word.isEmpty()) {
            throw scanner.syntaxError("fallback=baseline or fallback=strict");
        }
        return word;
    }
}
