package io.grayrelease.data;

import java.util.Optional;

/** What the stores say of themselves at one moment, one of which may say nothing. Nothing is changed by it. Immutable. */
final class Sighting {
    private final Fact fact;
    private final boolean certain;

    private Sighting(Fact fact, boolean certain) {
        this.fact = fact;
        this.certain = certain;
    }

    /**
     * Takes the word of a store that takes writes, else what one that takes none says of the other.
     *
     * @return empty if neither says anything
     */
    static Optional<Sighting> of(Optional<State> old, Optional<State> ofNew) {
        Optional<State> primary = old.filter(Sighting::isOwn).isPresent() ? old : ofNew.filter(Sighting::isOwn);
        if (primary.isPresent()) {
            return primary.map(state -> new Sighting(new Fact(state), true));
        }
        if (old.isPresent() && ofNew.isPresent()) {
            State later = ofNew.get().epoch() > old.get().epoch() ? ofNew.get() : old.get();
            return Optional.of(new Sighting(new Fact(later), true));
        }
        return (old.isPresent() ? old : ofNew).map(state -> new Sighting(new Fact(state), false));
    }

    private static boolean isOwn(State state) {
        return state.standing() != State.Standing.CLOSED;
    }

    /** The fact; of a store that has handed over, if the other says nothing, or has not opened yet. */
    Fact fact() {
        return fact;
    }

    /** Whether the primary has said it, or both have said that none is: else the phase may be another by now. */
    boolean isCertain() {
        return certain;
    }
}
