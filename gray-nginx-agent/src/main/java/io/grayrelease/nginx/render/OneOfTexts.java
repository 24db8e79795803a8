package io.grayrelease.nginx.render;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * Whether a value is one of some texts, exactly. A map finds keys without case, so texts with letters take two steps when they are
 * many: one map finds the text that the value may be, the next compares it with the value. Not thread-safe.
 */
final class OneOfTexts {
    /** A value with a byte that is not ASCII. */
    static final String NOT_ASCII = "[\\x80-\\xff]";

    /** So many expressions cost less than a second map. */
    private static final int FEW = 8;

    /** Expressions are tried one by one for each request. */
    private static final int MAX_EXPRESSIONS = 1_000;

    /** How much of a long text, from its end, is its key: tokens of one issuer often start alike. */
    private static final int TAIL = 40;

    private static final String LINE = "\\x0a";
    private static final String REST = "[^\\x0a]*+";

    private final Declarations declarations;
    private final String value;
    private final Answers answers;
    private final List<String> keys = new ArrayList<>();
    private final List<String> words = new ArrayList<>();
    private final List<String> longTexts = new ArrayList<>();
    private final List<String> others = new ArrayList<>();
    private boolean hasNonAscii;

    private OneOfTexts(Declarations declarations, String value, Answers answers) {
        this.declarations = declarations;
        this.value = value;
        this.answers = answers;
    }

    static String write(Declarations declarations, String value, Collection<String> texts, Answers answers) {
        OneOfTexts one = new OneOfTexts(declarations, value, answers);
        texts.forEach(one::sort);
        return one.words.size() + one.longTexts.size() + one.others.size() <= FEW ? one.oneStep() : one.twoSteps();
    }

    private void sort(String text) {
        if (!Text.isAscii(text)) {
            hasNonAscii = true; // never equal to a value of ASCII, and not known to be equal to another
        } else if (!text.isEmpty()) {
            group(text).add(text);
        }
    }

    private List<String> group(String text) {
        if (!Text.isSafe(text) || text.length() > Text.MAX_TOKEN - TAIL) {
            return others;
        }
        return text.length() > MapTable.MAX_KEY ? longTexts : Text.hasLetter(text) ? words : keys;
    }

    private String oneStep() {
        MapTable table = MapTable.of(value, answers.miss()).whenEmpty(answers.missing());
        keys.forEach(key -> table.when(key, answers.hit()));
        if (hasNonAscii) {
            table.whenMatches(NOT_ASCII, answers.unknown());
        }
        for (List<String> texts : List.of(words, longTexts, others)) {
            texts.forEach(text -> table.whenMatches("^" + Text.regex(text) + "\\z", answers.hit()));
        }
        return declarations.map(table);
    }

    private String twoSteps() {
        String shortFound = declarations.map(shortTexts());
        String longFound = longTexts.isEmpty() ? "" : longFound();
        if (others.size() > MAX_EXPRESSIONS) {
            throw new UnsupportedCondition(
                    others.size() + " texts that differ in case only, or in unusual characters, such as "
                            + Text.shown(others.get(0)),
                    "at most " + MAX_EXPRESSIONS + " of them, or the lua driver");
        }
        return declarations.map(compared(shortFound + "\\n" + longFound + "\\n" + value));
    }

    private MapTable shortTexts() {
        MapTable table = MapTable.of(value, "");
        keys.forEach(key -> table.when(key, "+"));
        withoutCase(words, word -> word).forEach((key, word) -> table.when(key, "=" + word));
        return table;
    }

    private String longFound() {
        String tail = declarations.map(MapTable.of(value, "").whenMatches("(.{" + TAIL + "})\\z", "$1"));
        MapTable table = MapTable.of(tail, "");
        withoutCase(longTexts, text -> text.substring(text.length() - TAIL))
                .forEach((key, text) -> table.when(key, "=" + text));
        return declarations.map(table);
    }

    /** One text for each key; those whose key is taken become expressions. */
    private Map<String, String> withoutCase(List<String> texts, UnaryOperator<String> key) {
        Map<String, String> found = new LinkedHashMap<>();
        for (String text : texts) {
            if (found.putIfAbsent(key.apply(text).toLowerCase(Locale.ROOT), text) != null) {
                others.add(text);
            }
        }
        return found;
    }

    /** Of three lines: what the value may be as a short text, as a long one, and the value, which no line end can be in. */
    private MapTable compared(String lines) {
        MapTable table = MapTable.of(lines, answers.miss());
        if (hasNonAscii) {
            table.whenMatches(NOT_ASCII, answers.unknown());
        }
        table.whenMatches(LINE + "\\z", answers.missing());
        table.whenMatches("^\\x2b", answers.hit());
        table.whenMatches("^=([^\\x0a]++)" + LINE + REST + LINE + "\\1\\z", answers.hit());
        table.whenMatches("^" + REST + LINE + "=([^\\x0a]++)" + LINE + "\\1\\z", answers.hit());
        for (String text : others) {
            table.whenMatches("^" + REST + LINE + REST + LINE + Text.regex(text) + "\\z", answers.hit());
        }
        return table;
    }
}
