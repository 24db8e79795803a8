package io.grayrelease.cli.portal;

import java.util.Map;

/** Writes keys and values as a {@code .properties} file in UTF-8, as a person would. */
final class PropertiesText {
    private PropertiesText() {}

    static String of(Map<String, String> keys) {
        StringBuilder text = new StringBuilder();
        keys.forEach((key, value) ->
                text.append(key(key)).append(" = ").append(value(value)).append('\n'));
        return text.toString();
    }

    private static String key(String key) {
        return escaped(key).replaceAll("[ :=#!]", "\\\\$0");
    }

    /** A space at the start would be lost. */
    private static String value(String value) {
        String escaped = escaped(value);
        return escaped.startsWith(" ") ? "\\" + escaped : escaped;
    }

    private static String escaped(String text) {
        return text.replace("\\", "\\\\")
                .replace("\n", "\\n")
                .replace("\r", "\\r")
                .replace("\t", "\\t");
    }
}
