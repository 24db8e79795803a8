package io.grayrelease.policy.parse;

import java.math.BigInteger;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import io.grayrelease.policy.model.Condition;
import io.grayrelease.policy.model.Rule;
import io.grayrelease.policy.model.Tags;
import io.grayrelease.policy.model.Words;

/** Reads {@code gray.rule.<order>-<name> = condition => tag ; option}. */
final class RuleParser {
    static final String PREFIX = "gray.rule.";

    private static final String BASELINE = "baseline";
    private static final String STOP = "stop";
    private static final String OFF = "off";

    private final Statement statement;
    private final Scanner scanner;
    private final Map<String, Set<String>> lists;
    private final Set<String> tagsWithRoute;

    private RuleParser(Statement statement, Map<String, Set<String>> lists, Set<String> tagsWithRoute) {
        this.statement = statement;
        this.scanner = statement.scanner();
        this.lists = lists;
        this.tagsWithRoute = tagsWithRoute;
    }

    /** The rule, or null if its key says no order and name; a value that makes no sense throws {@link SyntaxException}. */
    static @Nullable Rule parse(Statement statement, Map<String, Set<String>> lists, Set<String> tagsWithRoute) {
        String key = statement.key();
        String name = name(key);
        if (name == null || !Tags.isTag(name)) {
            statement.keyError(
                    "gray.rule.<order>-<name>: digits, -, and a name of A-Z a-z 0-9 . _ - (not \"baseline\")");
            return null;
        }
        BigInteger order = new BigInteger(key.substring(PREFIX.length(), key.length() - name.length() - 1));
        Rule.Id id = Rule.Id.of(key, order, name, statement.value());
        return new RuleParser(statement, lists, tagsWithRoute).rule(id);
    }

    /** The name in the key of a rule, or null if it is no such key. */
    static @Nullable String name(String key) {
        int dash = key.startsWith(PREFIX) ? key.indexOf('-', PREFIX.length()) : -1;
        boolean ordered = dash > PREFIX.length() && Words.isDigits(key.substring(PREFIX.length(), dash));
        return ordered ? key.substring(dash + 1) : null;
    }

    private Rule rule(Rule.Id id) {
        Condition condition = new ConditionParser(statement, id.name(), lists).condition();
        scanner.expect("=>", "&&, || or =>");
        String tag = tag();
        Set<String> options = options();
        return tag.equals(BASELINE)
                ? Rule.baseline(id, condition, options.contains(OFF))
                : Rule.tagging(id, condition, tag, options.contains(STOP), options.contains(OFF));
    }

    private String tag() {
        int column = scanner.column();
        String tag = TagParser.word(scanner, "a tag or baseline");
        if (!tag.equals(BASELINE)) {
            TagParser.check(statement, column, tag, tagsWithRoute);
        }
        return tag;
    }

    private Set<String> options() {
        Set<String> options = new HashSet<>();
        while (scanner.accept(";")) {
            int column = scanner.column();
            String option = scanner.run(Scanner::isLetter);
            if (option.isEmpty()) {
                throw scanner.syntaxError("an option: stop or off");
            }
            if (!option.equals(STOP) && !option.equals(OFF)) {
                statement.error(column, option, "an option: stop or off", Suggestions.nearest(option, STOP, OFF));
            } else if (!options.add(option)) {
                statement.error(column, option, "each option once");
            }
        }
        scanner.expectEnd("; and an option, or nothing more");
        return options;
    }
}
