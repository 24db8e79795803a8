package io.grayrelease.data;

import java.sql.SQLDataException;

/**
 * One write of one row, as it travels from the primary store to the other: the whole row as it was when written, so that events
 * may come in any order and more than once. Immutable.
 */
public final class Event {
    private final String key;
    private final long version;
    private final String body;

    private Event(String key, long version, String body) {
        this.key = key;
        this.version = version;
        this.body = body;
    }

    /** An event as a carrier brought it: the three parts that it was given. */
    public static Event of(String key, long version, String body) {
        return new Event(key, version, body);
    }

    static Event of(String key, long version, Image image) {
        return new Event(key, version, ImageText.write(image));
    }

    /** The row's key, as a text; what a queue orders or spreads by. */
    public String key() {
        return key;
    }

    /** The place of this write in the order of all writes. */
    public long version() {
        return version;
    }

    /** What was written, as JSON. */
    public String body() {
        return body;
    }

    Image image() throws SQLDataException {
        return ImageText.read(body);
    }

    @Override
    public String toString() {
        return key + "@" + version;
    }
}
