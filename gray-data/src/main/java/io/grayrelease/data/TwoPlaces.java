package io.grayrelease.data;

import java.sql.SQLException;
import java.util.List;

/** Whether the two stores are one database: then each would take what the other says of itself for its own. */
final class TwoPlaces {
    private final Store old;
    private final Store ofNew;

    TwoPlaces(Store old, Store ofNew) {
        this.old = old;
        this.ofNew = ofNew;
    }

    /** @throws IllegalArgumentException if both have been reached, and are one */
    void check() {
        if (old.isIn(ofNew)) {
            throw new IllegalArgumentException("the stores: " + words());
        }
    }

    /** Adds a reason if they are one. */
    void areOne(List<String> reasons) throws SQLException {
        reach(old);
        reach(ofNew);
        if (old.isIn(ofNew)) {
            reasons.add("the stores: " + words());
        }
    }

    private static void reach(Store store) throws SQLException {
        Sql.one(store.source(), store::dialect);
    }

    /** Without the URL, in which a password may be. */
    private static String words() {
        return "found one database, catalog and schema for the old and the new store, expected two;"
                + " two schemas or catalogs of one server are fine";
    }
}
