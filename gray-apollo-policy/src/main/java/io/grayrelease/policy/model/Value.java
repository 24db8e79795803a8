package io.grayrelease.policy.model;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

import com.google.auto.value.AutoValue;

/** A value of a request that a rule can look at. */
@AutoValue
public abstract class Value {
    /** What kind of value, by the word that a rule uses for it. */
    public enum Kind {
        UID,
        TOKEN,
        IP,
        CALLER,
        SERVICE,
        METHOD,
        HEADER,
        COOKIE,
        PARAM,
        ATTACHMENT,
        ARG
    }

    Value() {}

    /**
     * A value that needs no name: uid, token, ip, caller, service or method.
     *
     * @throws IllegalArgumentException for a kind that needs one
     */
    public static Value of(Kind kind) {
        if (kind.compareTo(Kind.METHOD) > 0) {
            throw new IllegalArgumentException(kind + " needs a name or an index");
        }
        return new AutoValue_Value(kind, "", -1, Collections.emptyList());
    }

    /**
     * A header, cookie, param or attachment by its name.
     *
     * @throws IllegalArgumentException for any other kind
     */
    public static Value named(Kind kind, String name) {
        if (kind.compareTo(Kind.HEADER) < 0 || kind == Kind.ARG) {
            throw new IllegalArgumentException(kind + " has no name");
        }
        return new AutoValue_Value(kind, name, -1, Collections.emptyList());
    }

    /** An argument of the call, from 0, or something inside it: the getters or keys on the way to it. */
    public static Value argument(int index, List<String> path) {
        return new AutoValue_Value(Kind.ARG, "", index, Collections.unmodifiableList(new ArrayList<>(path)));
    }

    public abstract Kind kind();

    /** The name of a header, cookie, param or attachment as written; else empty. */
    public abstract String name();

    /** The index of an argument, from 0; else -1. */
    public abstract int index();

    /** The way into an argument; empty for the argument itself and for every other kind. */
    public abstract List<String> path();

    /** As a rule writes it. */
    @Override
    public final String toString() {
        String word = kind().name().toLowerCase(java.util.Locale.ROOT);
        if (kind() == Kind.ARG) {
            return word + "[" + index() + "]" + (path().isEmpty() ? "" : "." + String.join(".", path()));
        }
        return name().isEmpty() ? word : word + "[\"" + name() + "\"]";
    }
}
