package io.grayrelease.policy.model;

import org.jspecify.annotations.Nullable;

import com.google.auto.value.AutoValue;

/** Something in a snapshot that is wrong, or that looks wrong: where, what was found, what was expected. */
@AutoValue
public abstract class Problem {
    Problem() {}

    /** A problem in a value. The column counts UTF-16 characters of the value as published, from 1. */
    public static Problem inValue(String key, int column, String found, String expected) {
        if (column < 1) {
            throw new IllegalArgumentException("columns count from 1: " + column);
        }
        return new AutoValue_Problem(key, column, found, expected, null);
    }

    /** A problem of a key, or of a statement as a whole. */
    public static Problem ofKey(String key, String found, String expected) {
        return new AutoValue_Problem(key, 0, found, expected, null);
    }

    /** This problem with the nearest known word, where there is one. */
    public final Problem withSuggestion(@Nullable String suggestion) {
        return new AutoValue_Problem(key(), column(), found(), expected(), suggestion);
    }

    /** The key, or the empty string if the snapshot as a whole is meant. */
    public abstract String key();

    /** The column in the value, from 1; 0 if the key or the statement as a whole is meant. */
    public abstract int column();

    public abstract String found();

    public abstract String expected();

    /** The nearest known word, or null. */
    public abstract @Nullable String suggestion();

    /** One line for people: {@code gray.rule.010-a, column 8: found "@testrs", expected ...; did you mean "testers"?}. */
    @Override
    public final String toString() {
        StringBuilder text = new StringBuilder(key().isEmpty() ? "namespace" : key());
        if (column() > 0) {
            text.append(", column ").append(column());
        }
        text.append(": found ").append(found()).append(", expected ").append(expected());
        if (suggestion() != null) {
            text.append("; did you mean \"").append(suggestion()).append("\"?");
        }
        return text.toString();
    }
}
