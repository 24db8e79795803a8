package io.grayrelease.data;

import java.sql.SQLException;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/** Whether a failure lies with one row or with the whole store: the one is set aside, the other waited for. */
final class Faults {
    /** SQLSTATE classes: data, integrity, check of a view, and PL/pgSQL's exceptions of triggers. */
    private static final Set<String> OF_ROWS = new HashSet<>(Arrays.asList("22", "23", "44", "P0"));

    /** Nobody knows whether the statement was completed. */
    private static final String UNKNOWN = "40003";

    private Faults() {}

    static boolean isOfRow(SQLException failure) {
        return hasClass(failure, OF_ROWS) && !isOfOrder(failure);
    }

    /** Whether a row was there already, or not allowed. */
    static boolean isOfIntegrity(SQLException failure) {
        return hasClass(failure, Collections.singleton("23"));
    }

    /** Whether it is only that the transaction ran beside another, was rolled back, and may be run again. */
    static boolean isOfOrder(SQLException failure) {
        return hasClass(failure, Collections.singleton("40")) && !UNKNOWN.equals(failure.getSQLState());
    }

    private static boolean hasClass(SQLException failure, Set<String> classes) {
        // Batches of some drivers wrap what the row's statement said.
        for (@Nullable SQLException each = failure; each != null; each = within(each)) {
            String state = each.getSQLState();
            if (state != null && state.length() == 5 && classes.contains(state.substring(0, 2))) {
                return true;
            }
        }
        return false;
    }

    private static @Nullable SQLException within(SQLException outer) {
        if (outer.getNextException() != null) {
            return outer.getNextException();
        }
        return outer.getCause() instanceof SQLException ? (SQLException) outer.getCause() : null;
    }
}
