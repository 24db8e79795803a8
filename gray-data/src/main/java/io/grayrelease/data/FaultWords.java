package io.grayrelease.data;

import java.sql.BatchUpdateException;
import java.sql.SQLException;

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
        SQLException inner = StoreFault.root(outer);
        String own = firstLine(inner);
        String state = inner.getSQLState() == null ? "" : " (SQLSTATE " + inner.getSQLState() + ")";
        return around(outer, own) + own + state;
    }

    /** What a pool, or we, say before the words of the database; a driver would say the statement of a batch, with its values. */
    private static String around(SQLException outer, String own) {
        String words = firstLine(outer);
        if (outer instanceof BatchUpdateException || words.equals(own)) {
            return "";
        }
        return words.endsWith(own) ? words.substring(0, words.length() - own.length()) : words + ": ";
    }

    /** The second tells of rows. */
    private static String firstLine(SQLException failure) {
        return String.valueOf(failure.getMessage()).split("\\R", 2)[0];
    }
}
