package io.grayrelease.gateway;

import java.util.Locale;

import org.jspecify.annotations.Nullable;

import com.google.auto.value.AutoValue;

/** A place of a request where a uid may stand: {@code header:x-uid}, {@code cookie:uid} or {@code param:uid}. Immutable. */
@AutoValue
public abstract class ValueSource {
    /** Where in a request. */
    public enum Kind {
        HEADER,
        COOKIE,
        PARAM;

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    ValueSource() {}

    /**
     * Reads one.
     *
     * @throws IllegalArgumentException telling what was found and expected
     */
    public static ValueSource parse(String text) {
        int colon = text.indexOf(':');
        String name = text.substring(colon + 1).trim();
        for (Kind kind : Kind.values()) {
            if (colon > 0
                    && !name.isEmpty()
                    && kind.word().equals(text.substring(0, colon).trim())) {
                return new AutoValue_ValueSource(kind, name);
            }
        }
        throw new IllegalArgumentException(
                "found \"" + text + "\", expected header:<name>, cookie:<name> or param:<name>");
    }

    public abstract Kind kind();

    public abstract String name();

    /** What a request has there, or null; an empty value counts as none. */
    final @Nullable String of(HttpHead head) {
        String value = raw(head);
        return value == null || value.isEmpty() ? null : value;
    }

    private @Nullable String raw(HttpHead head) {
        switch (kind()) {
            case HEADER:
                return Extraction.header(head, name());
            case COOKIE:
                return Extraction.cookie(head, name());
            default:
                return Extraction.param(head, name());
        }
    }

    /** As it is written. */
    @Override
    public final String toString() {
        return kind().word() + ":" + name();
    }
}
