package io.grayrelease.cli.ramp;

import java.util.function.Supplier;

import io.grayrelease.cli.fleet.Arrival;
import io.grayrelease.cli.fleet.ZooKeeper;
import io.grayrelease.cli.portal.PortalException;
import io.grayrelease.cli.text.UnreadableException;

/** Lets pass what another guard lets pass, once all processes run on what is released. */
final class ArrivalGuard implements Guard {
    private final Guard guard;
    private final ZooKeeper zooKeeper;
    private final Supplier<String> released;

    /**
     * A guard before another one.
     *
     * @param released the hash of the policy that is released
     */
    ArrivalGuard(Guard guard, ZooKeeper zooKeeper, Supplier<String> released) {
        this.guard = guard;
        this.zooKeeper = zooKeeper;
        this.released = released;
    }

    @Override
    public Judgement ask() {
        Judgement judgement = guard.ask();
        return judgement.kind() == Judgement.Kind.PASS ? unlessUnderWay(judgement) : judgement;
    }

    private Judgement unlessUnderWay(Judgement judgement) {
        try {
            Arrival arrival = zooKeeper.arrival(released.get());
            return arrival.isComplete() ? judgement : new Judgement(Judgement.Kind.HOLD, arrival.summary());
        } catch (UnreadableException | PortalException e) {
            return new Judgement(Judgement.Kind.HOLD, String.valueOf(e.getMessage()));
        }
    }
}
