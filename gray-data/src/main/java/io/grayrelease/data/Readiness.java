package io.grayrelease.data;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import io.grayrelease.policy.model.DataPhase;

/** Whether this process may do in both stores what it will have to after a step. Of one thread. */
final class Readiness {
    /** In place of a wish, for the other processes and for people. */
    static final String NOT_READY = "NOT_READY";

    private final Rights old;
    private final Rights ofNew;
    private final Set<Rights> asked = new HashSet<>();
    private boolean wasReady;

    Readiness(Store old, Store ofNew) {
        this.old = Rights.ofOld(old);
        this.ofNew = Rights.ofNew(ofNew);
    }

    /** Why this process is in the way of a step; asks until there is no reason, and then no more. */
    List<String> known(Fact fact, @Nullable DataPhase next) {
        return wasReady ? Collections.emptyList() : now(fact, next);
    }

    /** The same, asked now: rights may have been taken away. */
    List<String> now(Fact fact, @Nullable DataPhase next) {
        List<String> reasons = new ArrayList<>();
        if (next != null && needsBoth(fact, next)) {
            look(old, reasons);
            look(ofNew, reasons);
            wasReady = reasons.isEmpty();
        }
        return Collections.unmodifiableList(reasons);
    }

    /** What is missing in each store that was reached, asked once, whatever the wish: before a step is wanted there is time to grant it. */
    List<String> atFirst() {
        List<String> reasons = new ArrayList<>();
        for (Rights rights : Arrays.asList(old, ofNew)) {
            // Who waits for a store that is away is taken for dead.
            if (rights.isOfStoreReached() && asked.add(rights)) {
                look(rights, reasons);
            }
        }
        return Collections.unmodifiableList(reasons);
    }

    /** Not a step after which less is done than before. */
    static boolean needsBoth(Fact fact, DataPhase next) {
        boolean forward = next.compareTo(fact.phase()) > 0;
        return next != DataPhase.NEW_ONLY && (forward || next.isNewPrimary() != fact.newIsPrimary());
    }

    private static void look(Rights rights, List<String> reasons) {
        try {
            reasons.addAll(rights.lacking());
        } catch (SQLException e) {
            reasons.add(rights + " is away or not ready: " + FaultWords.of(e));
        }
    }
}
