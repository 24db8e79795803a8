package io.grayrelease.data;

import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTimeoutException;
import java.sql.SQLTransientConnectionException;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;

/** Whether a failure lies with one row or with the whole store: the one is set aside, the other waited for. */
final class Faults {
    /** SQLSTATE classes: what MariaDB calls a warning elsewhere, data, integrity, check of a view, exceptions of triggers. */
    private static final Set<String> OF_ROWS = new HashSet<>(Arrays.asList("01", "22", "23", "44", "45", "P0"));
    /** MariaDB's and MySQL's numbers for data without a state: truncated, of another type, no default. */
    private static final Set<Integer> OF_ROWS_BY_NUMBER =
            new HashSet<>(Arrays.asList(1265, 1267, 1270, 1271, 1364, 1366));
    /**
     * SQLSTATE classes: transaction state, authorization, order, access or a missing table, resources, locks, operators, system,
     * and MariaDB's of interrupted statements.
     * Not connections: a row may break one.
     */
    private static final Set<String> OF_STORES =
            new HashSet<>(Arrays.asList("25", "28", "40", "42", "53", "55", "57", "58", "70"));
    /** MariaDB's and MySQL's numbers: no room (four of them), a lock that was waited for too long, and read only. */
    private static final Set<Integer> OF_STORES_BY_NUMBER =
            new HashSet<>(Arrays.asList(1021, 1030, 1041, 1114, 1205, 1290, 1836));

    /** A table that is there: of PostgreSQL, as a table or as its type, and of the others. */
    private static final Set<String> THERE_ALREADY = new HashSet<>(Arrays.asList("42P07", "42710", "42S01"));

    /** A table that is not there: of PostgreSQL, and of the others; H2 has others where names are alike, and where there are no tables. */
    private static final Set<String> NOT_THERE = new HashSet<>(Arrays.asList("42P01", "42S02", "42S03", "42S04"));
    /** SQLSTATE classes: the connection, who may connect, which database, and operators who end it. */
    private static final Set<String> OF_CONNECTIONS = new HashSet<>(Arrays.asList("08", "28", "3D", "57"));

    /** MariaDB's number for a row that was changed after the transaction's snapshot. */
    private static final Set<Integer> OF_ORDER_BY_NUMBER = Collections.singleton(1020);

    /** No right to a table, column or sequence: the states of PostgreSQL and H2, and the numbers of MariaDB and MySQL. */
    private static final Set<String> OF_RIGHTS = new HashSet<>(Arrays.asList("42501", "90096"));

    private static final Set<Integer> OF_RIGHTS_BY_NUMBER = new HashSet<>(Arrays.asList(1044, 1142, 1143, 1227, 1370));

    private static final String NO_STATE = "HY000";

    /** Nobody knows whether the statement was completed. */
    private static final String UNKNOWN = "40003";

    private Faults() {}

    static boolean isOfRow(SQLException failure) {
        return (hasClass(failure, OF_ROWS) || hasNumber(failure, OF_ROWS_BY_NUMBER)) && !isOfOrder(failure);
    }

    /** Whether it certainly is the store's: waiting helps, or somebody who mends the store. */
    static boolean isOfStore(SQLException failure) {
        return anyIs(failure, Faults::isOfTime)
                || hasClass(failure, OF_STORES)
                || hasNumber(failure, OF_STORES_BY_NUMBER);
    }

    /** A pool's exception has no state, or that of its database; MariaDB's driver calls all that it does not know transient. */
    private static boolean isOfTime(SQLException failure) {
        String state = failure.getSQLState();
        boolean ofConnection = state == null || state.startsWith("08");
        return failure instanceof SQLTimeoutException
                || (ofConnection && failure instanceof SQLTransientConnectionException);
    }

    /** Whether a row was there already, or not allowed. */
    static boolean isOfIntegrity(SQLException failure) {
        return hasClass(failure, Collections.singleton("23"));
    }

    /** Whether a table is not there. */
    static boolean isOfMissingTable(SQLException failure) {
        return hasState(failure, NOT_THERE);
    }

    /** Whether the user of the store has not the right to. */
    static boolean isOfRights(SQLException failure) {
        return hasState(failure, OF_RIGHTS)
                || anyIs(
                        failure,
                        each -> hasClass(each, Collections.singleton("42"))
                                && OF_RIGHTS_BY_NUMBER.contains(each.getErrorCode()));
    }

    /** Whether the database takes no such statement, whatever its rows: what it means is not there, or not allowed. */
    static boolean isOfStatement(SQLException failure) {
        return isOfRights(failure) || hasClass(failure, Collections.singleton("42"));
    }

    /** Whether the store was not reached, or left the connection: certain only if no statement came to an answer. */
    static boolean isOfConnection(SQLException failure) {
        return anyIs(
                failure,
                each -> isOfTime(each)
                        || each instanceof SQLNonTransientConnectionException
                        || each instanceof SQLRecoverableException
                        || each.getSQLState() == null
                        || hasClass(each, OF_CONNECTIONS));
    }

    /** Whether another may have created the same at the same time. */
    static boolean isOfCreation(SQLException failure) {
        return isOfIntegrity(failure) || isOfOrder(failure) || hasState(failure, THERE_ALREADY);
    }

    /** Whether it is only that the transaction ran beside another, was rolled back, and may be run again. */
    static boolean isOfOrder(SQLException failure) {
        return (hasClass(failure, Collections.singleton("40")) && !UNKNOWN.equals(failure.getSQLState()))
                || hasNumber(failure, OF_ORDER_BY_NUMBER);
    }

    private static boolean hasClass(SQLException failure, Set<String> classes) {
        return anyIs(failure, each -> {
            String state = each.getSQLState();
            return state != null && state.length() == 5 && classes.contains(state.substring(0, 2));
        });
    }

    private static boolean hasState(SQLException failure, Set<String> states) {
        return anyIs(failure, each -> states.contains(each.getSQLState()));
    }

    private static boolean hasNumber(SQLException failure, Set<Integer> numbers) {
        return anyIs(failure, each -> NO_STATE.equals(each.getSQLState()) && numbers.contains(each.getErrorCode()));
    }

    private static boolean anyIs(SQLException failure, Predicate<SQLException> which) {
        // Batches of some drivers wrap what the row's statement said.
        for (@Nullable SQLException each = failure; each != null; each = within(each)) {
            if (which.test(each)) {
                return true;
            }
        }
        return false;
    }

    /** What a driver has wrapped; null if nothing. */
    static @Nullable SQLException within(SQLException outer) {
        if (outer.getNextException() != null) {
            return outer.getNextException();
        }
        return outer.getCause() instanceof SQLException ? (SQLException) outer.getCause() : null;
    }
}
