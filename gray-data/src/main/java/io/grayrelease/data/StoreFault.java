package io.grayrelease.data;

import java.sql.SQLException;
import java.util.Locale;

import org.jspecify.annotations.Nullable;

/** What people are told where a store does not give what was asked of it. */
public final class StoreFault {
    /** How people call the store that a migration comes from. */
    static final String OLD = "the old store";

    /** How people call the store that it goes to. */
    static final String NEW = "the new store";

    private StoreFault() {}

    /** Whether the store lacks tables that {@link GrayTables#create} makes. */
    public static boolean isWithoutTables(SQLException failure) {
        return Faults.isOfMissingTable(failure)
                && text(failure).toLowerCase(Locale.ROOT).contains("gray_");
    }

    /**
     * Says whether it is away, lacks our tables, or answers with another error, and the words of the database.
     *
     * @param store how people call it, {@code the old store}
     */
    public static String words(String store, SQLException failure) {
        if (isWithoutTables(failure)) {
            return "tables of gray-data are missing in " + store + "; GrayTables.create makes them, or the statements"
                    + " of io/grayrelease/data/<database>.sql in the jar of gray-data: " + text(failure);
        }
        return isAway(failure) ? silence(store, failure) : store + " answers with an error: " + text(failure);
    }

    static String silence(String store, SQLException failure) {
        return silent(store) + ": " + text(failure);
    }

    /** Whether it was not reached at all. */
    static boolean isAway(SQLException failure) {
        return Faults.isOfConnection(failure);
    }

    static String silent(String store) {
        return store + " does not answer";
    }

    /** In one line: some databases add the place in the statement, or values of the row, in another. */
    private static String text(SQLException failure) {
        return String.valueOf(root(failure).getMessage()).trim().split("\\R", 2)[0];
    }

    /** What the database itself said: a pool hides why a store is away, and a batch of some drivers which row was at fault. */
    static SQLException root(SQLException failure) {
        SQLException root = failure;
        for (@Nullable SQLException within = Faults.within(root); within != null; within = Faults.within(root)) {
            root = within;
        }
        return root;
    }
}
