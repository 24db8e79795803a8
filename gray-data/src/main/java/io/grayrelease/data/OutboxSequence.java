package io.grayrelease.data;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import javax.sql.DataSource;

/** Where versions are drawn in a store: the sequence of its outbox, which all its migrations share. */
final class OutboxSequence {
    /** Any number, the same in all processes: who lifts the sequence locks it. */
    private static final long LOCK = 0x67726179L;

    /** No migration has this name, so that nobody takes its events. */
    private static final String NOBODY = "";

    private OutboxSequence() {}

    /** A version above all that were drawn in committed transactions. Leaves nothing in the outbox. */
    static long draw(Connection connection, String migration) throws SQLException {
        Outbox outbox = new Outbox(migration);
        Event nothing = outbox.append(connection, "", Image.deleted(Collections.emptyMap()));
        outbox.remove(connection, Collections.singletonList(nothing));
        return nothing.version();
    }

    /** Sees to it that a store draws no version lower than this; it never goes back. */
    static void lift(DataSource store, long least) throws SQLException {
        Sql.own(store, connection -> {
            Dialect dialect = Dialect.of(connection);
            if (dialect == Dialect.POSTGRESQL) {
                liftPostgresql(connection, least);
            } else if (dialect.isMysql()) {
                liftMysql(connection, least);
            } else {
                liftH2(connection, least);
            }
            return true;
        });
    }

    /** The rights to its sequence that a lift needs and the user of a connection lacks. Asked, for who sets it even to its own value may set it back. */
    static List<String> lacking(Connection connection) throws SQLException {
        List<String> lacking = new ArrayList<>();
        if (Dialect.of(connection) == Dialect.POSTGRESQL) {
            for (String right : Arrays.asList("SELECT", "UPDATE")) {
                String sql =
                        "SELECT has_sequence_privilege(pg_get_serial_sequence('gray_outbox', 'seq'), '" + right + "')";
                if (!"t".equals(text(connection, sql))) {
                    lacking.add(right);
                }
            }
        }
        return lacking;
    }

    private static void liftPostgresql(Connection connection, long least) throws SQLException {
        String sequence = text(connection, "SELECT pg_get_serial_sequence('gray_outbox', 'seq')");
        // Between the look and the change others draw, which is less than an epoch; and nobody else lifts.
        text(connection, "SELECT CAST(pg_advisory_xact_lock(" + LOCK + ") AS TEXT)");
        text(
                connection,
                "SELECT setval('" + sequence + "', " + least + ", false) FROM " + sequence + " WHERE last_value < "
                        + least);
    }

    /** A row with a number of its own lifts the counter, where it is lower. */
    private static void liftMysql(Connection connection, long least) throws SQLException {
        String insert = "INSERT IGNORE INTO gray_outbox (migration, seq, row_key, body, created_at)"
                + " VALUES ('', ?, '', '', 0)";
        try (PreparedStatement statement = connection.prepareStatement(insert)) {
            statement.setLong(1, least);
            statement.executeUpdate();
        }
        new Outbox(NOBODY).remove(connection, Collections.singletonList(Event.of("", least, "")));
    }

    private static void liftH2(Connection connection, long least) throws SQLException {
        // One at a time, or the second sets it back; the change of the table commits, and lets the next one look.
        text(connection, "SELECT migration FROM gray_state FOR UPDATE");
        String base = text(
                connection,
                "SELECT identity_base FROM information_schema.columns WHERE table_schema = CURRENT_SCHEMA"
                        + " AND table_name = 'GRAY_OUTBOX' AND column_name = 'SEQ'");
        if (Long.parseLong(base) < least) {
            try (Statement statement = connection.createStatement()) {
                statement.execute("ALTER TABLE gray_outbox ALTER COLUMN seq RESTART WITH " + least);
            }
        }
    }

    private static String text(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            return rows.next() ? String.valueOf(rows.getString(1)) : "";
        }
    }
}
