package io.grayrelease.data;

import java.sql.SQLTransientException;

/** A transaction met another fact than it was begun with: it is rolled back, and run again as the fact is now. */
final class FencedException extends SQLTransientException {
    private static final long serialVersionUID = 1L;

    FencedException(Fact believed, Throwable cause) {
        super("the database has rolled it back for others, in " + believed + " or as that changed", "40001", cause);
    }

    FencedException(Fact believed) {
        super("the migration is not any more in " + believed, "40001");
    }
}
