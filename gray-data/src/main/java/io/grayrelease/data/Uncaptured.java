package io.grayrelease.data;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The transactions of this process that leave no events. A copy must not read before those are over that began before the
 * capture: what they commit later, nobody would bring over. Thread-safe.
 */
final class Uncaptured {
    private static final long LOOK_MILLIS = 5;

    private final Set<Object> open = Collections.newSetFromMap(new ConcurrentHashMap<>());

    /** Begins one; to be called before the phase is looked at, so that who sees the next phase also sees this. */
    Object begin() {
        Object one = new Object();
        open.add(one);
        return one;
    }

    /** Ends one, or finds it captured. */
    void end(Object one) {
        open.remove(one);
    }

    /** Waits until those that are open now are over. */
    void awaitThoseOpen() throws InterruptedException {
        List<Object> now = new ArrayList<>(open);
        while (now.removeIf(one -> !open.contains(one)) || !now.isEmpty()) {
            Thread.sleep(LOOK_MILLIS);
        }
    }
}
