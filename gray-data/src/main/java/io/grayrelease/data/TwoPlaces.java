package io.grayrelease.data;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether the two stores are one database: then each would take what the other says of itself for its own. Names of hosts say little
 * of that; a lock that one of them holds, and that nobody else knows, is seen by the other only if it is the same.
 */
final class TwoPlaces {
    private static final Logger LOG = LoggerFactory.getLogger(TwoPlaces.class);

    private final Store old;
    private final Store ofNew;
    /** As long as this lives, both stay where they are. */
    private volatile boolean areTwo;

    TwoPlaces(Store old, Store ofNew) {
        this.old = old;
        this.ofNew = ofNew;
    }

    /** @throws IllegalArgumentException if both have been reached, and are one */
    void check() {
        if (areOne()) {
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
        if (areOne()) {
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

    private boolean areOne() {
        if (old.isIn(ofNew)) {
            return true;
        }
        if (areTwo || !old.isNamedAs(ofNew)) {
            return false;
        }
        try {
            areTwo = !sees();
            return !areTwo;
        } catch (SQLException e) {
            LOG.debug("gray: whether the stores are one is not known", e);
            return false;
        }
    }

    private boolean sees() throws SQLException {
        long lock = ThreadLocalRandom.current().nextLong();
        return Sql.own(old.source(), holder -> {
            if (!old.dialect(holder).isMysql()) {
                ask(holder, "SELECT pg_try_advisory_xact_lock(?)", lock);
                return sees("SELECT NOT pg_try_advisory_xact_lock(?)", lock);
            }
            ask(holder, "SELECT GET_LOCK(?, 0)", lock);
            try {
                return sees("SELECT IS_USED_LOCK(?) IS NOT NULL", lock);
            } finally {
                ask(holder, "SELECT RELEASE_LOCK(?)", lock);
            }
        });
    }

    private boolean sees(String question, long lock) throws SQLException {
        return Sql.own(ofNew.source(), other -> ask(other, question, lock));
    }

    private static boolean ask(Connection connection, String sql, long lock) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setLong(1, lock);
            try (ResultSet rows = statement.executeQuery()) {
                return rows.next() && rows.getBoolean(1);
            }
        }
    }

    /** Without the URL, in which a password may be. */
    private static String words() {
        return "found one database, catalog and schema for the old and the new store, expected two;"
                + " two schemas or catalogs of one server are fine";
    }
}
