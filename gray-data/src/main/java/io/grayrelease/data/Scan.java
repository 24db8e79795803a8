package io.grayrelease.data;

import java.sql.SQLException;
import java.util.Set;

/** A way to find the rows of a range that may differ. Thread-safe. */
interface Scan {
    /** Adds the keys of rows that may differ, and says how many rows it looked at. */
    long suspects(KeyRange range, Set<RowKey> suspects) throws SQLException, InterruptedException;
}
