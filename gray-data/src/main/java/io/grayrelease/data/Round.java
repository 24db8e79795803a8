package io.grayrelease.data;

import java.sql.SQLException;

/** What a relay does again and again. */
interface Round {
    int BATCH = 200;

    /** Handles one batch of at most so many events, and says how many that were: if so many, there may be more. */
    int once(int most) throws SQLException;
}
