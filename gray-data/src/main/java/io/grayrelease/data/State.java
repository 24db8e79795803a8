package io.grayrelease.data;

import org.jspecify.annotations.Nullable;

import io.grayrelease.policy.model.DataPhase;

/** What one store says of itself, in its row of gray_state. Immutable. */
final class State {
    /** Whether a store orders writes. */
    enum Standing {
        /** It does. */
        OPEN,
        /** It does no more, and either hands over or opens again. */
        CLOSING,
        /** It has handed over to the other store, or never ordered any. */
        CLOSED
    }

    private final int epoch;
    private final DataPhase phase;
    private final Standing standing;
    private final @Nullable String token;
    private final long leftMillis;

    State(int epoch, DataPhase phase, Standing standing, @Nullable String token, long leftMillis) {
        this.epoch = epoch;
        this.phase = phase;
        this.standing = standing;
        this.token = token;
        this.leftMillis = leftMillis;
    }

    /** Of a store that has ordered writes from the beginning. */
    static State ofOld() {
        return new State(1, DataPhase.OLD_ONLY, Standing.OPEN, null, 0);
    }

    /** Of a store that has never ordered any. */
    static State ofNew() {
        return new State(0, DataPhase.OLD_ONLY, Standing.CLOSED, null, 0);
    }

    int epoch() {
        return epoch;
    }

    /** Of a store that is closed: the phase that it handed over in. */
    DataPhase phase() {
        return phase;
    }

    Standing standing() {
        return standing;
    }

    /** Who has begun the switch that is under way. */
    @Nullable
    String token() {
        return token;
    }

    /** Whether a switch was begun and not ended in its time. */
    boolean isAbandoned() {
        return standing == Standing.CLOSING && leftMillis < 0;
    }
}
