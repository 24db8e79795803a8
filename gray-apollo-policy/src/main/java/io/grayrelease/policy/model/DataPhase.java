package io.grayrelease.policy.model;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;

import org.jspecify.annotations.Nullable;

/** How far the data of a migration has moved from its old store to its new one. The names are the words of a policy. */
public enum DataPhase {
    /** The old store is written and read; the new one is left alone. */
    OLD_ONLY,
    /** The old store orders the writes, which the new one is sent; all read the old one. */
    CAPTURE,
    /** As {@link #CAPTURE}, but requests with the tag of {@link DataMigration#read} read the new store. */
    GRAY_READ,
    /** The new store orders the writes, which the old one is sent; all read the new one. */
    NEW_PRIMARY,
    /** The new store is written and read; the old one is left behind, so there is no way back. */
    NEW_ONLY;

    /** Whether the new store orders the writes. */
    public boolean isNewPrimary() {
        return compareTo(NEW_PRIMARY) >= 0;
    }

    /** The phases that one step leads to, forward first; none after the last. */
    public List<DataPhase> next() {
        switch (this) {
            case OLD_ONLY:
                return list(CAPTURE);
            case CAPTURE:
                return list(GRAY_READ, OLD_ONLY);
            case GRAY_READ:
                // while the old store orders the writes it is complete: to give up needs no step in between
                return list(NEW_PRIMARY, CAPTURE, OLD_ONLY);
            case NEW_PRIMARY:
                return list(NEW_ONLY, GRAY_READ);
            default:
                return list();
        }
    }

    /** The next step on the shortest way to another phase; null where there is none, as from a phase to itself. */
    public @Nullable DataPhase towards(DataPhase wanted) {
        List<DataPhase> steps = next();
        if (wanted == this || steps.contains(wanted)) {
            return wanted == this ? null : wanted;
        }
        boolean forward = wanted.compareTo(this) > 0;
        return steps.stream()
                .filter(step -> step.compareTo(this) > 0 == forward)
                .findFirst()
                .orElse(null);
    }

    private static List<DataPhase> list(DataPhase... phases) {
        return Collections.unmodifiableList(Arrays.asList(phases));
    }
}
