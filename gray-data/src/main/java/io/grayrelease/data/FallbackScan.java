package io.grayrelease.data;

import java.sql.SQLException;
import java.util.Set;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Goes over a range in a fast way, and in a slower one where a database refuses the fast one for a value. Thread-safe. */
final class FallbackScan implements Scan {
    private static final Logger LOG = LoggerFactory.getLogger(FallbackScan.class);

    private final Scan fast;
    private final Scan slow;

    FallbackScan(Scan fast, Scan slow) {
        this.fast = fast;
        this.slow = slow;
    }

    @Override
    public long suspects(KeyRange range, Set<RowKey> suspects) throws SQLException, InterruptedException {
        try {
            return fast.suspects(range, suspects);
        } catch (SQLException e) {
            if (!Faults.isOfRow(e)) {
                throw e;
            }
            // Neither its words nor the range, which hold what is in rows.
            LOG.info("gray: a chunk is compared row by row: SQLSTATE {} for a value's checksum", e.getSQLState());
            return slow.suspects(range, suspects);
        }
    }
}
