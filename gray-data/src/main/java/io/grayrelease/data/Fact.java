package io.grayrelease.data;

import io.grayrelease.policy.model.DataPhase;

/** Where a migration is, as the databases say: which store orders the writes, since which epoch, in which phase. Immutable. */
final class Fact {
    private final State state;

    Fact(State state) {
        this.state = state;
    }

    /** Grows with each switch of the primary. */
    int epoch() {
        return state.epoch();
    }

    DataPhase phase() {
        return state.phase();
    }

    /** Whether the primary takes writes; not so while a switch is under way. */
    boolean isOpen() {
        return state.standing() == State.Standing.OPEN;
    }

    boolean newIsPrimary() {
        return phase().isNewPrimary();
    }

    /** Whether writes leave events for the other store. */
    boolean captures() {
        return captures(phase());
    }

    static boolean captures(DataPhase phase) {
        return phase != DataPhase.OLD_ONLY && phase != DataPhase.NEW_ONLY;
    }

    /** Whether some requests read the new store while the old one orders the writes. */
    boolean isGrayRead() {
        return phase() == DataPhase.GRAY_READ;
    }

    State state() {
        return state;
    }

    @Override
    public String toString() {
        return phase() + ", epoch " + epoch() + ", " + state.standing();
    }
}
