package io.grayrelease.data;

import java.sql.SQLException;
import java.time.Duration;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.grayrelease.policy.model.DataPhase;

/**
 * Makes the other store the primary. What is left takes no writes any more, all its events are applied to the other, then it hands
 * over, and the other opens. Until it has handed over, it can open again; after that, anybody can open the other. So whoever
 * dies at whichever step, one store is primary.
 */
final class Switch {
    /** What happens between the steps; tests end it there. */
    interface Steps {
        Steps NONE = new Steps() {};

        default void closed() {}

        default void drained() {}

        default void handingOver() {}

        default void handedOver() {}
    }

    private static final Logger LOG = LoggerFactory.getLogger(Switch.class);

    private final Facts facts;
    private final Table table;
    private final Duration limit;
    private final Steps steps;

    Switch(Facts facts, Table table, Duration limit, Steps steps) {
        this.facts = facts;
        this.table = table;
        this.limit = limit;
        this.steps = steps;
    }

    /**
     * Switches from a fact to a phase of the other store.
     *
     * @return for how long a write may have waited; null if the fact is not this one any more
     * @throws SQLException if it was given up, and the store that was primary is so again, at the latest after its limit
     */
    @Nullable
    Duration run(Fact from, DataPhase to, Direction direction) throws SQLException {
        String token = UUID.randomUUID().toString();
        Deadline deadline = Deadline.in(limit);
        long began = System.nanoTime();
        // If this fails, it waited in vain; or nobody knows, and then the store opens again after its limit.
        if (!facts.close(from, token, limit)) {
            return null;
        }
        try {
            int epoch = drained(from, direction, deadline);
            steps.handingOver();
            if (!facts.handOver(from, token, epoch, to)) {
                throw new SQLException("the switch took too long, another has given it up");
            }
        } catch (SQLException | RuntimeException e) {
            openAgain(from, token, direction);
            throw e;
        }
        steps.handedOver();
        Fact now = facts.look();
        Duration pause = Duration.ofNanos(System.nanoTime() - began);
        if (now.isOpen()) {
            facts.paused(now, pause);
        }
        return pause;
    }

    /** Says which epoch comes next: above every version that was drawn. */
    private int drained(Fact from, Direction direction, Deadline deadline) throws SQLException {
        steps.closed();
        long drawn = Sql.own(
                direction.from().source(), connection -> OutboxSequence.draw(connection, direction.migration()));
        new Drain(direction).run(deadline);
        steps.drained();
        int dead = direction.applier().dead().count();
        if (dead > 0) {
            throw new SQLException(dead + " dead letters are left in the other store, expected none");
        }
        new LastRows(direction, table).check(deadline);
        // An applier that stopped in its transaction holds the other store's row.
        if (!facts.canOpenOther(from, deadline.leftSeconds())) {
            throw new SQLException("the other store is not closed");
        }
        deadline.check("the store was left");
        return lifted(direction.to(), Version.epoch(drawn) + 1);
    }

    /** Before the point of no return, for it may fail. In vain it does no harm: a store that is not primary draws no versions. */
    private static int lifted(Store store, int epoch) throws SQLException {
        OutboxSequence.lift(store.source(), Version.first(epoch));
        return epoch;
    }

    private void openAgain(Fact from, String token, Direction direction) {
        try {
            facts.openAgain(from, token);
        } catch (SQLException e) {
            LOG.warn(
                    "gray: {}: a switch was given up; {} opens again after its limit: {}",
                    direction.migration(),
                    direction.from().name(),
                    FaultWords.of(e));
        }
    }
}
