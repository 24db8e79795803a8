package io.grayrelease.policy.parse;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

import io.grayrelease.policy.model.DataMigration;
import io.grayrelease.policy.model.GrayPolicy;
import io.grayrelease.policy.model.GrayPolicy.WhenBaselineEmpty;
import io.grayrelease.policy.model.Problem;
import io.grayrelease.policy.model.Route;
import io.grayrelease.policy.model.Rule;
import io.grayrelease.policy.model.Snapshot;
import io.grayrelease.policy.model.Tags;

/**
 * Reads a snapshot as a policy, whole or not at all. Lists and routes come first, since rules and migrations refer to them. One problem of
 * syntax is reported per value, and everything else that is wrong besides.
 */
public final class PolicyParser {
    /** Apollo holds 20,000 characters; a value that grows must be noticed before. */
    private static final int LONG_VALUE = 16_000;

    private final Snapshot snapshot;
    private final Problems errors = new Problems();
    private final Problems warnings = new Problems();
    private final Map<String, Set<String>> lists = new LinkedHashMap<>();
    private final Map<String, Route> routes = new LinkedHashMap<>();
    private final Set<String> tagsWithRoute = new LinkedHashSet<>();
    private final List<Rule> rules = new ArrayList<>();
    private final Map<String, DataMigration> migrations = new LinkedHashMap<>();
    private final GrayPolicy.Builder policy;

    private PolicyParser(Snapshot snapshot) {
        this.snapshot = snapshot;
        this.policy = GrayPolicy.builder(snapshot);
    }

    /** The policy that a snapshot says, or every problem that it has. Never throws; thread-safe. */
    public static ParseResult parse(Snapshot snapshot) {
        return new PolicyParser(snapshot).parse();
    }

    /** Whether a snapshot switches off, whatever else it says and however wrong that is. */
    public static boolean isSwitchedOff(Snapshot snapshot) {
        Scanner scanner = new Scanner(Keys.SWITCH, snapshot.values().getOrDefault(Keys.SWITCH, ""));
        return scanner.run(Scanner::isLetter).equals("off") && scanner.atEnd();
    }

    private ParseResult parse() {
        snapshot.values().forEach(this::warnOfLength);
        each(Keys.LIST_PREFIX, this::list);
        each(RouteParser.PREFIX, this::route);
        each(RuleParser.PREFIX, this::rule);
        each(DataMigration.PREFIX, this::migration);
        snapshot.values().forEach(this::single);
        refuseNamesThatComeTwice();
        return errors.isEmpty()
                ? ParseResult.accepted(
                        policy.rules(rules)
                                .routes(routes)
                                .lists(lists)
                                .migrations(migrations)
                                .build(),
                        warnings)
                : ParseResult.rejected(errors, warnings);
    }

    private void warnOfLength(String key, String value) {
        if (value.length() > LONG_VALUE) {
            warnings.add(Problem.ofKey(
                    key,
                    value.length() + " characters",
                    "at most " + LONG_VALUE + ": Apollo refuses more than 20000; split a list into " + key + ".1, .2"));
        }
    }

    private void each(String prefix, Consumer<Statement> reading) {
        snapshot.values().forEach((key, value) -> {
            if (key.startsWith(prefix)) {
                Statement statement = new Statement(key, value, errors, warnings);
                statement.read(() -> reading.accept(statement));
            }
        });
    }

    private void list(Statement statement) {
        String name = Keys.listName(statement.key());
        if (name == null) {
            statement.keyError("gray.list.<name> or gray.list.<name>.<n>: a name of A-Z a-z 0-9 _ -, and n from 1");
            return;
        }
        Set<String> values = lists.computeIfAbsent(name, unknown -> new LinkedHashSet<>());
        values.addAll(ListParser.parse(statement));
    }

    private void route(Statement statement) {
        String tag = statement.key().substring(RouteParser.PREFIX.length());
        if (!Tags.isTag(tag)) {
            statement.keyError("gray.route.<tag>: a tag of A-Z a-z 0-9 . _ - (not \"baseline\")");
            return;
        }
        tagsWithRoute.add(tag); // even if it cannot be read: its rules are not to blame
        routes.put(tag, RouteParser.route(statement, tag));
    }

    private void rule(Statement statement) {
        Rule rule = RuleParser.parse(statement, lists, tagsWithRoute);
        if (rule != null) {
            rules.add(rule);
        }
    }

    private void migration(Statement statement) {
        String name = statement.key().substring(DataMigration.PREFIX.length());
        if (!Tags.isTag(name)) {
            statement.keyError("gray.data.<migration>: a name of A-Z a-z 0-9 . _ - (not \"baseline\")");
            return;
        }
        migrations.put(name, DataParser.parse(statement, name, tagsWithRoute));
    }

    private void single(String key, String value) {
        Statement statement = new Statement(key, value, errors, warnings);
        switch (key) {
            case Keys.SWITCH:
                statement.read(() -> policy.on(isFirst(statement, "on", "off")));
                break;
            case Keys.WHEN_BASELINE_EMPTY:
                statement.read(() -> policy.whenBaselineEmpty(
                        isFirst(statement, "gray", "fail") ? WhenBaselineEmpty.GRAY : WhenBaselineEmpty.FAIL));
                break;
            case Keys.BASELINE:
                statement.read(() -> policy.baseline(RouteParser.baseline(statement)));
                break;
            default:
                refuseUnknown(key);
        }
    }

    /** Whether the value is the first of two words; anything else than these two is reported. */
    private static boolean isFirst(Statement statement, String first, String second) {
        Scanner scanner = statement.scanner();
        String expected = first + " or " + second;
        int column = scanner.column();
        String word = scanner.run(Scanner::isLetter);
        if (word.isEmpty()) {
            throw scanner.syntaxError(expected);
        }
        if (!word.equals(first) && !word.equals(second)) {
            statement.error(column, word, expected, Suggestions.nearest(word, first, second));
        }
        scanner.expectEnd("nothing more");
        return word.equals(first);
    }

    private void refuseUnknown(String key) {
        if (!key.startsWith(Keys.LIST_PREFIX)
                && !key.startsWith(RouteParser.PREFIX)
                && !key.startsWith(RuleParser.PREFIX)
                && !key.startsWith(DataMigration.PREFIX)) {
            errors.add(Problem.ofKey(key, "this key", "a key of a policy").withSuggestion(Keys.closest(key)));
        }
    }

    private void refuseNamesThatComeTwice() {
        Map<String, String> keyByName = new HashMap<>();
        for (String key : snapshot.values().keySet()) {
            String name = RuleParser.name(key);
            String other = name == null ? null : keyByName.putIfAbsent(name, key);
            if (other != null) {
                errors.add(Problem.ofKey(key, "the rule name " + name, "a name of its own (" + other + " has it)"));
            }
        }
    }
}
