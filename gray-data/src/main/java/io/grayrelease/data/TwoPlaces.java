package io.grayrelease.data;

import java.sql.SQLException;
import java.util.List;

import org.jspecify.annotations.Nullable;

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

    /** Looks at the old one, unless that was done before. */
    void reachOld() throws SQLException {
        reach(old);
    }

    /** Adds a reason if they are one; the old one was reached. */
    void areOne(List<String> reasons) throws SQLException {
        reach(ofNew);
        if (old.isIn(ofNew)) {
            reasons.add("the stores: " + words());
        }
    }

    /**
     * The same of databases of which nothing else need be read.
     *
     * @throws IllegalArgumentException if both places are known, and are one
     */
    static void check(List<@Nullable String> old, List<@Nullable String> ofNew) {
        if (old.get(0) != null && old.equals(ofNew)) {
            throw new IllegalArgumentException("the stores: " + words());
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
