package io.grayrelease.policy.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * The tags of one request in rule order, and their text as it travels: {@code a,b}, or {@code -} for "decided:
 * baseline". Immutable.
 */
public final class Tags {
    private static final String NONE_TEXT = "-";

    /** No tag: a baseline request. */
    public static final Tags NONE = new Tags(Collections.emptyList(), NONE_TEXT);

    /** The longest text that {@link #parse} reads, in characters; a longer one is malformed. */
    public static final int MAX_LENGTH = 2048;

    /** The most names that {@link #parse} reads; a text with more is malformed. */
    public static final int MAX_COUNT = 256;

    private static final int MAX_TAG_LENGTH = 63;

    private final List<String> names;
    private final String text;

    private Tags(List<String> names, String text) {
        this.names = names;
        this.text = text;
    }

    /**
     * Tags in the given order; one that comes twice counts once.
     *
     * @throws IllegalArgumentException if a name is no tag, see {@link #isTag}
     */
    public static Tags of(Collection<String> names) {
        for (String name : names) {
            if (!isTag(name)) {
                throw new IllegalArgumentException("not a tag: \"" + name + "\"");
            }
        }
        return names.isEmpty() ? NONE : distinct(names);
    }

    private static Tags distinct(Collection<String> names) {
        List<String> distinct = Collections.unmodifiableList(new ArrayList<>(new LinkedHashSet<>(names)));
        return new Tags(distinct, String.join(",", distinct));
    }

    /** As {@link #of(Collection)}. */
    public static Tags of(String... names) {
        return of(Arrays.asList(names));
    }

    /** The tags of a text that travelled, or null if it is malformed. Never throws. */
    public static @Nullable Tags parse(String text) {
        if (text.equals(NONE_TEXT)) {
            return NONE;
        }
        if (text.length() > MAX_LENGTH) {
            return null;
        }
        return text.indexOf(',') < 0 ? one(text) : several(Arrays.asList(text.split(",", -1)));
    }

    private static @Nullable Tags one(String name) {
        return isTag(name) ? new Tags(Collections.singletonList(name), name) : null;
    }

    private static @Nullable Tags several(List<String> names) {
        if (names.size() > MAX_COUNT) {
            return null;
        }
        for (String name : names) {
            if (!isTag(name)) {
                return null;
            }
        }
        return distinct(names);
    }

    /** Whether a name can be a tag: {@code [A-Za-z0-9][A-Za-z0-9._-]{0,62}}, and not "baseline". */
    public static boolean isTag(String name) {
        return name.length() <= MAX_TAG_LENGTH && Words.isWord(name, "._-") && !name.equals("baseline");
    }

    /** The tags in order, each once. */
    public List<String> names() {
        return names;
    }

    public boolean isEmpty() {
        return names.isEmpty();
    }

    /** The text that travels: printable ASCII, made once. {@link #parse} reads it. */
    public String text() {
        return text;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Tags && names.equals(((Tags) other).names);
    }

    @Override
    public int hashCode() {
        return names.hashCode();
    }

    @Override
    public String toString() {
        return text;
    }
}
