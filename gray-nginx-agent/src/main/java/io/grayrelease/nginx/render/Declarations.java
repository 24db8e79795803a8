package io.grayrelease.nginx.render;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** The variables that are declared, each once: what is the same has one variable. Not thread-safe. */
final class Declarations {
    private static final String DOLLAR = "${gray_dollar}";

    private final StringBuilder text = new StringBuilder();
    private final Map<String, String> known = new HashMap<>();
    private final Map<Object, String> cache = new HashMap<>();

    /** A variable that a map gives, as an expression. */
    String map(MapTable table) {
        return declared("map \"" + table.source() + "\" ", table.text());
    }

    /** As {@link #map}, under a name that others know. */
    String map(String name, MapTable table) {
        write("map \"" + table.source() + "\" ", name, table.text());
        return "${" + name + "}";
    }

    /** A variable that is 1 for addresses in networks that do not overlap in part, else empty. */
    String geo(String source, Iterable<String> networks) {
        StringBuilder body = new StringBuilder();
        networks.forEach(network -> body.append("    ").append(network).append(" 1;\n"));
        return declared("geo " + source + " ", body.toString());
    }

    /** A variable that is 1 for a share of the hashes of a source, in hundredths of a percent from 1 to 9999, else 0. */
    String split(String source, int share) {
        String body = String.format("    %d.%02d%% 1;\n    * 0;\n", share / 100, share % 100);
        return declared("split_clients \"" + source + "\" ", body);
    }

    /** An expression for a dollar sign, which no text of Nginx can hold. */
    String dollar() {
        if (known.putIfAbsent(DOLLAR, DOLLAR) == null) {
            write("geo ", "gray_dollar", "    default \"$\";\n");
        }
        return DOLLAR;
    }

    /** All of these one after the other, as one expression that is short enough for a token. */
    String concatenated(List<String> expressions) {
        String all = String.join("", expressions);
        if (all.length() <= Text.MAX_TOKEN - 300) { // whoever puts a little more into the token
            return all;
        }
        List<String> groups = new ArrayList<>();
        for (int i = 0; i < expressions.size(); i += 100) {
            groups.add(variable(String.join("", expressions.subList(i, Math.min(i + 100, expressions.size())))));
        }
        return concatenated(groups);
    }

    /** A variable with the value of an expression, evaluated once a request. */
    String variable(String expression) {
        return map(MapTable.of("", expression));
    }

    /** Remembers an expression under a key, since making its text again would be slow. */
    String once(Object key, Supplier<String> expression) {
        String made = cache.get(key);
        if (made == null) {
            made = expression.get();
            cache.put(key, made);
        }
        return made;
    }

    private String declared(String head, String body) {
        String what = head + body;
        String made = known.get(what);
        if (made == null) {
            String name = "gray_" + (known.size() + 1);
            write(head, name, body);
            made = "${" + name + "}";
            known.put(what, made);
        }
        return made;
    }

    private void write(String head, String name, String body) {
        text.append(head).append('$').append(name).append(" {\n").append(body).append("}\n");
    }

    String text() {
        return text.toString();
    }
}
