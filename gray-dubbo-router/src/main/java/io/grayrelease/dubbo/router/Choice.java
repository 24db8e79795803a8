package io.grayrelease.dubbo.router;

import java.util.function.Predicate;

import org.apache.dubbo.rpc.Invoker;
import org.apache.dubbo.rpc.cluster.router.state.BitList;

import io.grayrelease.dubbo.context.RouteOutcome;

/** A set of providers that a call may be narrowed to, and what to say of the call. Immutable. */
final class Choice<T> {
    private final Positions<Invoker<T>> bits;
    private final Predicate<Invoker<T>> unlisted;
    private final RouteOutcome found;
    private final RouteOutcome missing;

    /**
     * @param bits the set, as positions of the indexed list
     * @param unlisted whether a provider that is not in that list belongs to the set
     * @param found the outcome where one of the set is alive
     * @param missing the outcome where none is
     */
    Choice(Positions<Invoker<T>> bits, Predicate<Invoker<T>> unlisted, RouteOutcome found, RouteOutcome missing) {
        this.bits = bits;
        this.unlisted = unlisted;
        this.found = found;
        this.missing = missing;
    }

    /**
     * Whether a list of live providers has any of the set. Leaves the list as it is. Mostly the first one of the set is
     * there, which is seen without a copy.
     */
    boolean isAlive(BitList<Invoker<T>> invokers) {
        return (bits.first() >= 0 && invokers.indexExist(bits.first())) || isAnyAlive(invokers.clone());
    }

    private boolean isAnyAlive(BitList<Invoker<T>> copy) {
        narrow(copy);
        return !copy.isEmpty();
    }

    /**
     * Takes all others out of a list. {@code BitList.and} keeps the tail (providers that came back after the list was
     * made) whatever it holds, so that is filtered apart.
     */
    void narrow(BitList<Invoker<T>> invokers) {
        invokers.and(bits);
        if (invokers.hasMoreElementInTailList()) {
            invokers.getTailList().removeIf(unlisted.negate());
        }
    }

    RouteOutcome found() {
        return found;
    }

    RouteOutcome missing() {
        return missing;
    }
}
