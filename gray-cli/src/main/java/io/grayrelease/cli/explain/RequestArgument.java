package io.grayrelease.cli.explain;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.grayrelease.policy.model.Value;

/** One value of the request that a person asks about: {@code uid=10086}, {@code header.x-app=ios}, {@code arg.0.city=X}. */
record RequestArgument(Value value, String text) {
    private static final Pattern PLAIN = Pattern.compile("(uid|token|ip|caller|service|method)");
    private static final Pattern NAMED =
            Pattern.compile("(header|cookie|param|attachment)(?:\\.(.+)|\\[\"?([^\"\\]]+)\"?])");
    private static final Pattern ARGUMENT =
            Pattern.compile("arg(?:\\.([0-9]{1,3})|\\[([0-9]{1,3})])((?:\\.[^.\\[\\]]+)*)");

    /**
     * Reads one.
     *
     * @throws IllegalArgumentException if it is none; the message tells what was expected
     */
    static RequestArgument parse(String argument) {
        int equals = argument.indexOf('=');
        if (equals < 0) {
            throw new IllegalArgumentException("'" + argument + "' has no '=': expected name=value, as in uid=10086");
        }
        return new RequestArgument(value(argument.substring(0, equals)), argument.substring(equals + 1));
    }

    private static Value value(String name) {
        if (PLAIN.matcher(name).matches()) {
            return Value.of(kind(name));
        }
        Matcher named = NAMED.matcher(name);
        if (named.matches()) {
            return Value.named(kind(named.group(1)), either(named, 2));
        }
        Matcher argument = ARGUMENT.matcher(name);
        if (argument.matches()) {
            return Value.argument(Integer.parseInt(either(argument, 1)), path(argument.group(3)));
        }
        throw new IllegalArgumentException("'" + name + "' is no value of a request: expected uid, token, ip, caller,"
                + " service, method, header.NAME, cookie.NAME, param.NAME, attachment.NAME or arg.N.PATH");
    }

    private static Value.Kind kind(String word) {
        return Value.Kind.valueOf(word.toUpperCase(Locale.ROOT));
    }

    private static String either(Matcher matcher, int group) {
        return matcher.group(group) != null ? matcher.group(group) : matcher.group(group + 1);
    }

    private static List<String> path(String dotted) {
        return dotted.isEmpty() ? List.of() : Arrays.asList(dotted.substring(1).split("\\.", -1));
    }

    /** Whether a rule that asks for a value means this one; the case of a header's name means nothing, as in services. */
    boolean isFor(Value asked) {
        return asked.equals(value)
                || (asked.kind() == Value.Kind.HEADER
                        && value.kind() == Value.Kind.HEADER
                        && asked.name().equalsIgnoreCase(value.name()));
    }
}
