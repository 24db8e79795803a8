package io.grayrelease.nginx.render;

import java.util.Locale;
import java.util.Set;

import io.grayrelease.policy.model.Words;

/** The variables by which Nginx gives headers, cookies and parameters, for the names of which it can. */
final class HttpNames {
    private static final int MAX_LENGTH = 200;

    /** Nginx joins these where they come more than once, even where it takes the first of all others. */
    private static final Set<String> JOINED = Set.of("cookie", "x-forwarded-for");

    private HttpNames() {}

    static String header(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        if (!Words.isOf(name, "-") || name.length() > MAX_LENGTH) {
            throw new UnsupportedCondition(
                    "the header " + Text.shown(name),
                    "a name of letters, digits and hyphens, as Nginx's $http_ has it (it drops headers with an underscore)");
        }
        if (JOINED.contains(lower)) {
            throw new UnsupportedCondition(
                    "the header " + Text.shown(name),
                    "another header: Nginx joins those of this name to one, and rules read the first"
                            + (lower.equals("cookie") ? "; or cookie[\"name\"]" : "; or ip"));
        }
        return "${http_" + lower.replace('-', '_') + "}";
    }

    static String cookie(String name) {
        return "${cookie_" + plain("cookie", name) + "}";
    }

    static String param(String name) {
        return "${arg_" + plain("parameter", name) + "}";
    }

    private static String plain(String what, String name) {
        if (!Words.isOf(name, "_") || name.length() > MAX_LENGTH) {
            throw new UnsupportedCondition(
                    "the " + what + " " + Text.shown(name),
                    "a name of letters, digits and underscores, as Nginx's variables have it, or the lua driver");
        }
        return name.toLowerCase(Locale.ROOT);
    }
}
