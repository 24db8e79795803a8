package io.grayrelease.policy.decide;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

import com.google.auto.value.AutoValue;

/** One part of a rule's condition, whether a request meets it, and why in words. Immutable. */
@AutoValue
public abstract class Clause {
    Clause() {}

    static Clause predicate(String text, boolean holds, String why) {
        return new AutoValue_Clause(text, holds, why, Collections.emptyList());
    }

    static Clause combined(String text, boolean holds, List<Clause> operands) {
        return new AutoValue_Clause(text, holds, "", Collections.unmodifiableList(new ArrayList<>(operands)));
    }

    /** A predicate as a rule writes it, such as {@code hash(uid) < 1%}; or {@code all of}, {@code any of}, {@code not}. */
    public abstract String text();

    public abstract boolean holds();

    /** What was found, such as {@code bucket 37.21 % is not below 1 %}; empty where the operands say it. */
    public abstract String why();

    /** What {@code all of}, {@code any of} and {@code not} are about, all of them looked at; none for a predicate. */
    public abstract List<Clause> operands();
}
