package io.grayrelease.data;

import java.sql.SQLException;

/** Which store orders the writes, as a comparison asks it. */
interface Ordering {
    /** Who orders them now. */
    Primary look() throws SQLException;

    /** One answer: the epoch is another one after each switch. Immutable. */
    final class Primary {
        final long epoch;
        final boolean isNew;

        Primary(long epoch, boolean isNew) {
            this.epoch = epoch;
            this.isNew = isNew;
        }
    }
}
