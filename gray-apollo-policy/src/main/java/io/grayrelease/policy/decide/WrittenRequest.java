package io.grayrelease.policy.decide;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

import io.grayrelease.policy.model.Value;

/**
 * A request that a person asks about, each of its values written as {@code name=value}: {@code uid=10086},
 * {@code header.x-app=ios}, {@code arg.0.city=X}. What is not written is missing. Immutable.
 */
public final class WrittenRequest implements RequestView {
    private static final Pattern PLAIN = Pattern.compile("(uid|token|ip|caller|service|method)");
    private static final Pattern NAMED =
            Pattern.compile("(header|cookie|param|attachment)(?:\\.(.+)|\\[\"?([^\"\\]]+)\"?])");
    private static final Pattern ARGUMENT =
            Pattern.compile("arg(?:\\.([0-9]{1,3})|\\[([0-9]{1,3})])((?:\\.[^.\\[\\]]+)*)");

    private final List<Written> values;

    private WrittenRequest(List<Written> values) {
        this.values = values;
    }

    /**
     * Reads a request.
     *
     * @throws IllegalArgumentException if a value is none; the message tells which one and what was expected
     */
    public static WrittenRequest parse(Collection<String> namesAndValues) {
        List<Written> values = new ArrayList<>();
        for (String written : namesAndValues) {
            int equals = written.indexOf('=');
            if (equals < 0) {
                throw new IllegalArgumentException(
                        "'" + written + "' has no '=': expected name=value, as in uid=10086");
            }
            values.add(new Written(value(written.substring(0, equals)), written.substring(equals + 1)));
        }
        return new WrittenRequest(values);
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
        return dotted.isEmpty()
                ? Collections.emptyList()
                : Arrays.asList(dotted.substring(1).split("\\.", -1));
    }

    @Override
    public @Nullable String get(Value asked) {
        for (Written written : values) {
            if (written.isFor(asked)) {
                return written.text;
            }
        }
        return null;
    }

    /** One of its values. */
    private static final class Written {
        private final Value value;
        private final String text;

        Written(Value value, String text) {
            this.value = value;
            this.text = text;
        }

        /** Whether a rule that asks for a value means this one; the case of a header's name means nothing, as in services. */
        boolean isFor(Value asked) {
            return asked.equals(value)
                    || (asked.kind() == Value.Kind.HEADER
                            && value.kind() == Value.Kind.HEADER
                            && asked.name().equalsIgnoreCase(value.name()));
        }
    }
}
