package io.grayrelease.data;

import java.sql.SQLException;

/** The order of writes as the databases say it, asked each time. Thread-safe. */
final class FactOrdering implements Ordering {
    private final Facts facts;

    FactOrdering(Facts facts) {
        this.facts = facts;
    }

    @Override
    public Primary look() throws SQLException {
        Fact fact = facts.look();
        return new Primary(fact.epoch(), fact.newIsPrimary());
    }
}
