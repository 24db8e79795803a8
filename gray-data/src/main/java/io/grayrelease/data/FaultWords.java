package io.grayrelease.data;

import java.sql.SQLException;

import org.jspecify.annotations.Nullable;

/** What a log may say of a failure: the database's own words without the statement around them, and never what is in a row. */
final class FaultWords {
    private FaultWords() {}

    static String of(Throwable failure) {
        if (!(failure instanceof SQLException)) {
            return failure.toString();
        }
        SQLException outer = (SQLException) failure;
        if (Faults.isOfRow(outer)) {
            // Its words may be the value that is at fault.
            return "SQLSTATE " + outer.getSQLState();
        }
        SQLException inner = innermost(outer);
        String state = inner.getSQLState() == null ? "" : " (SQLSTATE " + inner.getSQLState() + ")";
        return firstLine(inner) + state;
    }

    /** Drivers put a batch's statement, with its values, around the words of the database. */
    private static SQLException innermost(SQLException outer) {
        SQLException inner = outer;
        for (@Nullable SQLException each = outer; each != null; each = Faults.within(each)) {
            inner = each;
        }
        return inner;
    }

    /** The second tells of rows. */
    private static String firstLine(SQLException failure) {
        return String.valueOf(failure.getMessage()).split("\\R", 2)[0];
    }
}
