package io.grayrelease.data;

import java.sql.SQLException;

/** Which store orders the writes, as a comparison asks it. */
interface Ordering {
    /** The epoch of the primary: another one after each switch. */
    long epoch() throws SQLException;

    /** Whether it is the new store. */
    boolean newIsPrimary() throws SQLException;
}
