package io.grayrelease.data;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

/** Something that must hold before a step is taken, and why it does not. Immutable. */
public final class Gate {
    private final String name;
    private final List<String> reasons;
    private final @Nullable JobKind opens;

    Gate(String name, List<String> reasons, @Nullable JobKind opens) {
        this.name = name;
        this.reasons = Collections.unmodifiableList(new ArrayList<>(reasons));
        this.opens = opens;
    }

    /** What must hold, in a few words. */
    public String name() {
        return name;
    }

    /** Whether it holds. */
    public boolean isOpen() {
        return reasons.isEmpty();
    }

    /** Why it does not hold; none if it does. */
    public List<String> reasons() {
        return reasons;
    }

    /** The command of {@code grayctl data} that opens it, {@code copy} or {@code compare}; empty if it is open, or none does. */
    public Optional<String> remedy() {
        return isOpen() || opens == null ? Optional.empty() : Optional.of(opens == JobKind.COPY ? "copy" : "compare");
    }

    @Override
    public String toString() {
        return name + ": " + (isOpen() ? "open" : String.join("; ", reasons));
    }
}
