package io.grayrelease.data;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Both stores as a comparison reads them, by the fastest way that both can go. Immutable. */
final class ComparedPair {
    private static final Logger LOG = LoggerFactory.getLogger(ComparedPair.class);

    final Canons canons;
    final ComparedStore old;
    final ComparedStore ofNew;
    final @Nullable RowHash hash;

    private final Table table;

    private ComparedPair(Table table, Store old, Store ofNew, Canons canons, @Nullable RowHash hash) {
        this.table = table;
        this.canons = canons;
        this.hash = hash;
        this.old = new ComparedStore(old, table, canons, hash, hash == null ? null : canons.hashed(hash, true));
        this.ofNew = new ComparedStore(ofNew, table, canons, hash, hash == null ? null : canons.hashed(hash, false));
    }

    /** Looks what both databases are and can do. */
    static ComparedPair of(Table table, Store old, Store ofNew) throws SQLException {
        Canons canons = Canons.of(table, old, ofNew);
        if (canons.ordersAlike()) {
            for (RowHash hash : RowHash.values()) {
                ComparedPair pair = canons.hashed(hash, true) == null || canons.hashed(hash, false) == null
                        ? null
                        : tried(table, old, ofNew, canons, hash);
                if (pair != null) {
                    return pair;
                }
            }
        }
        return new ComparedPair(table, old, ofNew, canons, null);
    }

    /** The same without a hash: a database may refuse it for a value that has not the other column's form. */
    ComparedPair withoutHash() {
        return new ComparedPair(table, old.store(), ofNew.store(), canons, null);
    }

    /** A pair whose databases take the same hash of the same row; a version or an encoding may be in the way. */
    private static @Nullable ComparedPair tried(Table table, Store old, Store ofNew, Canons canons, RowHash hash)
            throws SQLException {
        try (Connection one = old.source().getConnection();
                Connection other = ofNew.source().getConnection()) {
            if (!hash.fits(old.dialect(one), ofNew.dialect(other))) {
                return null;
            }
            String first = probe(one, hash, old.dialect(one));
            if (!first.equals(probe(other, hash, ofNew.dialect(other)))) {
                return null;
            }
        } catch (SQLException e) {
            return unlessAway(old, ofNew, hash, e);
        }
        ComparedPair pair = new ComparedPair(table, old, ofNew, canons, hash);
        try {
            KeyRange nothing = new KeyRange(null, pair.old.first());
            pair.old.sum(nothing);
            pair.ofNew.sum(nothing);
            return pair;
        } catch (SQLException e) {
            return unlessAway(old, ofNew, hash, e);
        }
    }

    private static String probe(Connection connection, RowHash hash, Dialect dialect) throws SQLException {
        String sql = "SELECT " + hash.hash(dialect, "r") + " FROM (SELECT " + hash.probe(dialect) + " AS r) probe";
        try (PreparedStatement statement = connection.prepareStatement(sql);
                ResultSet rows = statement.executeQuery()) {
            rows.next();
            return "" + rows.getBigDecimal(1).toBigInteger().longValue();
        }
    }

    /** A store that cannot take this hash is not one that is away. */
    private static @Nullable ComparedPair unlessAway(Store old, Store ofNew, RowHash hash, SQLException failure)
            throws SQLException {
        try (Connection one = old.source().getConnection();
                Connection other = ofNew.source().getConnection()) {
            if (one.isValid(2) && other.isValid(2)) {
                LOG.info("gray: compared without the hash {}: {}", hash, failure.toString());
                return null;
            }
        }
        throw failure;
    }
}
