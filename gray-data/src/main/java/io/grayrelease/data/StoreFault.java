package io.grayrelease.data;

import java.sql.SQLException;
import java.util.Locale;

/** What people are told where a store does not give what was asked of it. */
public final class StoreFault {
    private StoreFault() {}

    /** Whether the store lacks tables that {@link GrayTables#create} makes. */
    public static boolean isWithoutTables(SQLException failure) {
        return Faults.isOfMissingTable(failure)
                && text(failure).toLowerCase(Locale.ROOT).contains("gray_");
    }

    /** Says whether it is away, lacks our tables, or answers with another error, and the words of the database. */
    public static String words(SQLException failure) {
        if (isWithoutTables(failure)) {
            return "tables of gray-data are missing in this store; GrayTables.create makes them, or the statements of"
                    + " io/grayrelease/data/<database>.sql in the jar of gray-data: " + text(failure);
        }
        return (Faults.isOfConnection(failure) ? "a store does not answer: " : "a store answers with an error: ")
                + text(failure);
    }

    /** In one line: some databases add the place in the statement in another, which nobody sees. */
    private static String text(SQLException failure) {
        return String.valueOf(failure.getMessage()).split("\\R", 2)[0];
    }
}
