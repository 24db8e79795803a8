package io.grayrelease.cli.ramp;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The text of a rule with one percentage, as an operator wrote it: only what is asked for changes. Immutable. */
final class RuleText {
    /** A string is passed over whole; {@code uid % 10 < 5} is no percentage, since the number comes after its sign. */
    private static final Pattern PERCENTAGE =
            Pattern.compile("\"(?:[^\"\\\\]|\\\\.)*\"|<\\s*(?<percentage>[0-9]+(?:\\.[0-9]+)?\\s*%)");

    private static final Pattern OFF = Pattern.compile(";\\s*off\\b");

    private final String text;
    private final int start;
    private final int end;

    private RuleText(String text, int start, int end) {
        this.text = text;
        this.start = start;
        this.end = end;
    }

    /**
     * The text of a rule that was accepted.
     *
     * @param key of the rule, for errors
     * @throws RampException if it has no {@code hash(...) < n%}, or more than one
     */
    static RuleText of(String key, String text) {
        RuleText found = null;
        Matcher matcher = PERCENTAGE.matcher(text);
        while (matcher.find()) {
            if (matcher.start("percentage") >= 0) {
                if (found != null) {
                    throw new RampException(key + " has several percentages: " + text);
                }
                found = new RuleText(text, matcher.start("percentage"), matcher.end("percentage"));
            }
        }
        if (found == null) {
            throw new RampException(key + " has no percentage, as in hash(uid) < 1% => T: " + text);
        }
        return found;
    }

    /** As written: {@code 5%}. */
    String percentage() {
        return text.substring(start, end);
    }

    RuleText withPercentage(String percentage) {
        return new RuleText(
                text.substring(0, start) + percentage + text.substring(end), start, start + percentage.length());
    }

    boolean isOff() {
        return OFF.matcher(text.substring(end)).find();
    }

    /** The rule, written but inactive. */
    RuleText off() {
        return isOff() ? this : new RuleText(text + " ; off", start, end);
    }

    /** The rule, active. */
    RuleText on() {
        return new RuleText(
                text.substring(0, end)
                        + OFF.matcher(text.substring(end)).replaceAll("").stripTrailing(),
                start,
                end);
    }

    @Override
    public String toString() {
        return text;
    }
}
