package io.grayrelease.nginx.drive;

import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * Finds directives with one argument of a kind in the text of a configuration. No parser: blocks of Lua and the like are read past
 * line by line, so that an odd apostrophe in one hides nothing behind its line.
 */
final class Directives {
    private static final String QUOTED = "\"(?:\\\\.|[^\"\\\\\\n])*+\"|'(?:\\\\.|[^'\\\\\\n])*+'";
    private static final String COMMENT = "(?<![^\\s;{}])#[^\\n]*+";
    private static final String ARGUMENT = "(?:\"([^\"\\n]*+)\"|'([^'\\n]*+)'|([^\\s;{}\"'#][^\\s;]*+))";

    private final Pattern pattern;

    /**
     * Looks for one directive.
     *
     * @param name of the directive
     */
    Directives(String name) {
        this.pattern = Pattern.compile(QUOTED + "|" + COMMENT + "|(?<![^\\s;{}])" + Pattern.quote(name) + "\\s++"
                + ARGUMENT + "([^;{}\\n]*+);");
    }

    /** What to put in the place of each directive, by its argument; null leaves it as it is. */
    String replace(String text, Function<String, @Nullable String> replacement) {
        Matcher matcher = pattern.matcher(text);
        StringBuilder result = new StringBuilder();
        while (matcher.find()) {
            String argument = argument(matcher);
            String instead = argument == null ? null : replacement.apply(argument);
            matcher.appendReplacement(result, Matcher.quoteReplacement(instead == null ? matcher.group() : instead));
        }
        return matcher.appendTail(result).toString();
    }

    private static @Nullable String argument(Matcher matcher) {
        for (int i = 1; i <= 3; i++) {
            if (matcher.group(i) != null) {
                return matcher.group(i);
            }
        }
        return null;
    }
}
