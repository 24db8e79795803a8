package io.grayrelease.policy.model;

import org.jspecify.annotations.Nullable;

import com.google.auto.value.AutoValue;

/** A migration of data between two stores, and the phase that a policy wants it in. Immutable. */
@AutoValue
public abstract class DataMigration {
    /** What the keys of migrations start with. */
    public static final String PREFIX = "gray.data.";

    DataMigration() {}

    /**
     * A migration in a phase.
     *
     * @param read the tag whose requests read the new store in {@link DataPhase#GRAY_READ}, or null for none
     */
    public static DataMigration of(String name, DataPhase phase, @Nullable String read) {
        return new AutoValue_DataMigration(name, phase, read);
    }

    public abstract String name();

    public abstract DataPhase phase();

    /** The tag whose requests read the new store in {@link DataPhase#GRAY_READ}; no other phase looks at it. */
    public abstract @Nullable String read();

    /** The key that this migration has in a namespace. */
    public final String key() {
        return PREFIX + name();
    }

    /** As it is written in a policy: {@code GRAY_READ; read=T}. */
    public final String text() {
        return read() == null ? phase().name() : phase() + "; read=" + read();
    }
}
