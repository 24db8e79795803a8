package io.grayrelease.data;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collections;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/** What one database says otherwise than another. */
enum Dialect {
    POSTGRESQL("postgresql.sql"),
    MARIADB("mariadb.sql"),
    MYSQL("mysql.sql"),
    H2("h2.sql");

    private static final Pattern PLANNED_ROWS = Pattern.compile("rows=([0-9]+)");

    private final String tables;

    Dialect(String tables) {
        this.tables = tables;
    }

    /** @throws IllegalArgumentException for a database that is none of these */
    static Dialect of(Connection connection) throws SQLException {
        String product = connection.getMetaData().getDatabaseProductName();
        for (Dialect dialect : values()) {
            if (dialect.name().equalsIgnoreCase(product)) {
                return dialect;
            }
        }
        throw new IllegalArgumentException(
                "database: found " + product + ", expected PostgreSQL, MariaDB, MySQL or H2");
    }

    /** The resource with the statements that create our tables. */
    String tables() {
        return tables;
    }

    boolean isMysql() {
        return this == MARIADB || this == MYSQL;
    }

    /** The database's clock, in milliseconds since 1970. */
    String nowMillis() {
        if (isMysql()) {
            return "TIMESTAMPDIFF(MICROSECOND, '1970-01-01', UTC_TIMESTAMP(3)) DIV 1000";
        }
        String now = this == POSTGRESQL ? "clock_timestamp()" : "CURRENT_TIMESTAMP";
        return "CAST(EXTRACT(EPOCH FROM " + now + ") * 1000 AS BIGINT)";
    }

    /** Whether an UPDATE can return the row; else it is read under its lock. */
    boolean updatesReturnRows() {
        return this == POSTGRESQL;
    }

    /** Whether an INSERT, of rows some of which may be there, and a DELETE can return the rows that they write. */
    boolean insertsReturnRows() {
        return this == POSTGRESQL || this == MARIADB;
    }

    /**
     * The values {@code (row_key, body, created_at, migration)} of an INSERT if another row is there, which names the migration and is
     * locked; null where that takes a statement of its own. If it is not there, nothing is inserted, or it is an error of integrity.
     */
    @Nullable
    String valuesIf(String other) {
        switch (this) {
            case POSTGRESQL:
                return " SELECT ?, ?, ?, migration" + other;
            case MARIADB:
                // An INSERT with SELECT would lock the whole sequence meanwhile.
                return " VALUES (?, ?, ?, (SELECT migration" + other + "))";
            default:
                return null;
        }
    }

    /**
     * Whether who looks for a row to lock it waits for one that another transaction has inserted and not committed, and sees it then,
     * whatever was committed when this one began.
     */
    boolean waitsForUnseenRows() {
        return isMysql();
    }

    /** The end of a SELECT whose rows nobody may change until the transaction ends; others may read them so too, but for H2. */
    String forShare() {
        switch (this) {
            case POSTGRESQL:
                return " FOR SHARE";
            case H2:
                return " FOR UPDATE";
            default:
                return " LOCK IN SHARE MODE";
        }
    }

    /** Deletes some rows of a table. */
    String deleteSome(String table, String where, int most) {
        if (this == POSTGRESQL) {
            return "DELETE FROM " + table + " WHERE ctid = ANY(ARRAY(SELECT ctid FROM " + table + where + " LIMIT "
                    + most + "))";
        }
        return "DELETE FROM " + table + where + " LIMIT " + most;
    }

    /** An INSERT that writes 0 as it is into a column of which the database draws values. */
    String insertOfZero(String insert) {
        return this == MARIADB
                ? "SET STATEMENT sql_mode = CONCAT(@@sql_mode, ',NO_AUTO_VALUE_ON_ZERO') FOR " + insert
                : insert;
    }

    /** Puts rows {@code (migration, row_key, version)} into gray_meta that are not there, and returns none of the others. */
    String claims(int rows) {
        String values = " INTO gray_meta (migration, row_key, ver, ver_ext, deleted) VALUES "
                + String.join(", ", Collections.nCopies(rows, "(?, ?, 0, 0, FALSE)"));
        switch (this) {
            case POSTGRESQL:
                return "INSERT" + values + " ON CONFLICT DO NOTHING RETURNING row_key";
            case MARIADB:
                return "INSERT IGNORE" + values + " RETURNING row_key";
            case MYSQL:
                return "INSERT IGNORE" + values;
            default:
                return unlessThere(0);
        }
    }

    /**
     * Puts a row {@code (migration, row_key)} of no version into gray_meta if it is not there. MariaDB locks a row that is there for
     * writing at once: INSERT IGNORE would share it, and two that share and then want to write block each other.
     */
    String place() {
        String insert =
                "INSERT INTO gray_meta (migration, row_key, ver, ver_ext, deleted) VALUES (?, ?, -1, -1, FALSE)";
        switch (this) {
            case POSTGRESQL:
                return insert + " ON CONFLICT DO NOTHING";
            case MARIADB:
            case MYSQL:
                return insert + " ON DUPLICATE KEY UPDATE ver = ver";
            default:
                return unlessThere(-1);
        }
    }

    /**
     * Puts {@code (migration, row_key, body)} into gray_ext, over what is there. In one statement: an UPDATE that finds nothing
     * would lock the gap, under MariaDB's default, in which another writer inserts.
     */
    String putExtras() {
        String insert = "INSERT INTO gray_ext (migration, row_key, body) VALUES (?, ?, ?)";
        switch (this) {
            case POSTGRESQL:
                return insert + " ON CONFLICT (migration, row_key) DO UPDATE SET body = excluded.body";
            case H2:
                return "MERGE INTO gray_ext (migration, row_key, body) KEY (migration, row_key) VALUES (?, ?, ?)";
            default:
                return insert + " ON DUPLICATE KEY UPDATE body = VALUES(body)";
        }
    }

    private static String unlessThere(int version) {
        return "MERGE INTO gray_meta m USING (VALUES (CAST(? AS VARCHAR), CAST(? AS VARCHAR))) v (migration, row_key)"
                + " ON m.migration = v.migration AND m.row_key = v.row_key WHEN NOT MATCHED THEN INSERT"
                + " (migration, row_key, ver, ver_ext, deleted) VALUES (v.migration, v.row_key, " + version + ", "
                + version + ", FALSE)";
    }

    /** That a key lies after another: as one comparison of rows where the database finds that in its index. */
    String after(List<String> key) {
        return compared(key, ">", ">");
    }

    /** That a key is another or lies before it; takes the parameters that {@link #after} takes. */
    String upTo(List<String> key) {
        return compared(key, "<", "<=");
    }

    private String compared(List<String> key, String beyond, String atLast) {
        if (key.size() == 1 || !isMysql()) {
            return "(" + String.join(", ", key) + ") " + atLast + " (" + Sql.marks(key.size()) + ")";
        }
        String first = key.get(0);
        return "(" + first + " " + beyond + " ? OR (" + first + " = ? AND "
                + compared(key.subList(1, key.size()), beyond, atLast) + "))";
    }

    /** How many parameters {@link #after} takes of each column of the key. */
    int timesInAfter(List<String> key, int column) {
        return isMysql() && column < key.size() - 1 ? 2 : 1;
    }

    /** How many rows the database thinks that a table has: what its planner would read, which costs nothing to ask. */
    long estimate(Connection connection, String table) throws SQLException {
        boolean counts = this == H2;
        String sql = counts ? "SELECT COUNT(*) FROM " + table : "EXPLAIN SELECT 1 FROM " + table;
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            if (!rows.next()) {
                return 0;
            }
            return this == POSTGRESQL ? planned(rows.getString(1)) : rows.getLong(counts ? 1 : rows.findColumn("rows"));
        }
    }

    private static long planned(String firstLine) {
        Matcher rows = PLANNED_ROWS.matcher(firstLine);
        return rows.find() ? Long.parseLong(rows.group(1)) : 0;
    }
}
