package io.grayrelease.policy.model;

import org.jspecify.annotations.Nullable;

/**
 * An exact version, or all versions below a prefix: {@code 2.*} matches 2, 2.0 and 2.1.7, not 20. Immutable.
 */
public final class VersionPattern {
    private static final String WILDCARD = ".*";

    private final String text;
    private final boolean prefix;
    private final String version;

    private VersionPattern(String text) {
        this.text = text;
        this.prefix = text.endsWith(WILDCARD);
        this.version = withoutWildcard(text);
    }

    private static String withoutWildcard(String text) {
        return text.endsWith(WILDCARD) ? text.substring(0, text.length() - WILDCARD.length()) : text;
    }

    /** Whether {@link #of} accepts a text. */
    public static boolean isValid(String text) {
        return Words.isWord(withoutWildcard(text), "._+-");
    }

    /**
     * A pattern of its text.
     *
     * @throws IllegalArgumentException if the text is not {@link #isValid valid}
     */
    public static VersionPattern of(String text) {
        if (!isValid(text)) {
            throw new IllegalArgumentException("not a version: \"" + text + "\"");
        }
        return new VersionPattern(text);
    }

    /** Whether a provider of this version is meant; one without a version (null) never is. */
    public boolean matches(@Nullable String candidate) {
        if (candidate == null || !candidate.startsWith(version)) {
            return false;
        }
        return candidate.length() == version.length() || (prefix && candidate.charAt(version.length()) == '.');
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof VersionPattern && text.equals(((VersionPattern) other).text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    /** As written in the policy. */
    @Override
    public String toString() {
        return text;
    }
}
