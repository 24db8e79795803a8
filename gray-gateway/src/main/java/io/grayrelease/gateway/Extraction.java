package io.grayrelease.gateway;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Finds the first value of a name as nginx does for {@code $http_}, {@code $cookie_} and {@code $arg_}, so that a request gets
 * the same tag in either: values are raw (nothing is decoded, quotes stay), and the case of a name means nothing. After
 * ngx_http_parse_multi_header_lines and ngx_http_arg of nginx 1.22.
 */
final class Extraction {
    private Extraction() {}

    /** The first header of a name. */
    static @Nullable String header(HttpHead head, String name) {
        List<String> values = head.headers(name);
        return values.isEmpty() ? null : values.get(0);
    }

    /** The first cookie of a name; what follows it up to the next semicolon belongs to it, spaces at the end included. */
    static @Nullable String cookie(HttpHead head, String name) {
        for (String header : head.headers("cookie")) {
            String value = cookie(header, name);
            if (value != null) {
                return value;
            }
        }
        return null;
    }

    private static @Nullable String cookie(String header, String name) {
        int at = 0;
        while (at < header.length()) {
            int skipped = at;
            if (header.regionMatches(true, at, name, 0, name.length())) {
                int equals = afterSpaces(header, at + name.length());
                if (equals < header.length() && header.charAt(equals) == '=') {
                    int begin = afterSpaces(header, equals + 1);
                    int end = header.indexOf(';', begin);
                    return header.substring(begin, end < 0 ? header.length() : end);
                }
                skipped = equals + 1; // a name without a value hides the next one, too
            }
            at = afterSpaces(header, afterSeparator(header, skipped));
        }
        return null;
    }

    private static int afterSpaces(String text, int from) {
        int at = from;
        while (at < text.length() && text.charAt(at) == ' ') {
            at++;
        }
        return at;
    }

    private static int afterSeparator(String text, int from) {
        int at = from;
        while (at < text.length() && text.charAt(at) != ';' && text.charAt(at) != ',') {
            at++;
        }
        return at + 1;
    }

    /** The first parameter of the query of a name. */
    static @Nullable String param(HttpHead head, String name) {
        String query = head.query();
        if (query == null || name.isEmpty()) {
            return null;
        }
        int at = 0;
        while (at < query.length()) {
            int end = query.indexOf('&', at);
            int until = end < 0 ? query.length() : end;
            int equals = at + name.length();
            if (equals < until
                    && query.charAt(equals) == '='
                    && query.regionMatches(true, at, name, 0, name.length())) {
                return query.substring(equals + 1, until);
            }
            at = until + 1;
        }
        return null;
    }
}
