package io.grayrelease.nginx.render;

/**
 * The entries of a {@code map}. Keys that are no regular expressions come first for Nginx, and are compared without case; then
 * expressions in the order in which they were given. Not thread-safe.
 */
final class MapTable {
    /** The longest key that the hash of a map takes with the default {@code map_hash_bucket_size} of 64, in bytes. */
    static final int MAX_KEY = 46;

    private final StringBuilder text = new StringBuilder();
    private final String source;

    private MapTable(String source) {
        this.source = source;
    }

    /** A map from a text with variables; the result may have variables, too. */
    static MapTable of(String source, String otherwise) {
        MapTable table = new MapTable(Text.checked(source, source));
        table.text.append("    default \"").append(otherwise).append("\";\n");
        return table;
    }

    /** An empty source. */
    MapTable whenEmpty(String result) {
        text.append("    \"\" \"").append(result).append("\";\n");
        return this;
    }

    /** A source that is this text in any case, which is safe and not too long; a backslash in front takes words their meaning. */
    MapTable when(String key, String result) {
        text.append("    \"\\\\").append(key).append("\" \"").append(result).append("\";\n");
        return this;
    }

    /** A source that matches. */
    MapTable whenMatches(String regex, String result) {
        text.append("    \"~").append(Text.checked(regex, regex)).append("\" \"");
        text.append(result).append("\";\n");
        return this;
    }

    String source() {
        return source;
    }

    String text() {
        return text.toString();
    }
}
