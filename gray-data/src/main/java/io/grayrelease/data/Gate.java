package io.grayrelease.data;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Something that must hold before a step is taken, and why it does not. Immutable. */
public final class Gate {
    private final String name;
    private final List<String> reasons;

    Gate(String name, List<String> reasons) {
        this.name = name;
        this.reasons = Collections.unmodifiableList(new ArrayList<>(reasons));
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

    @Override
    public String toString() {
        return name + ": " + (isOpen() ? "open" : String.join("; ", reasons));
    }
}
