package io.grayrelease.data;

import java.sql.SQLException;

/** What a relay does again and again. */
interface Round {
    int BATCH = 200;

    /** Handles one batch, and says how many events that were: if {@link #BATCH} or more, there may be more. */
    int once() throws SQLException;
}
