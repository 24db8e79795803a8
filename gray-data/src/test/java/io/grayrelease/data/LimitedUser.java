package io.grayrelease.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

import com.zaxxer.hikari.HikariDataSource;

/** A user of a database who has the rights of README's table and no others. */
final class LimitedUser implements AutoCloseable {
    private static final AtomicInteger NUMBER = new AtomicInteger();
    private static final String SEQUENCE = "sequence of `gray_outbox`";
    private static final Map<String, String> RIGHTS =
            Map.of("S", "SELECT", "I", "INSERT", "U", "UPDATE", "D", "DELETE");

    /** Columns of README's table. */
    enum Of {
        OLD(2),
        NEW(3),
        TOOL(4);

        private final int cell;

        Of(int cell) {
            this.cell = cell;
        }
    }

    record Right(String right, String on) {
        /** How it is told to be missing. */
        String words() {
            return right + " on " + (isOfSequence() ? "the sequence of gray_outbox" : on);
        }

        boolean isOfSequence() {
            return on.startsWith("SEQUENCE ");
        }
    }

    private final Database database;
    private final String name = "limited" + NUMBER.incrementAndGet();
    private final List<Right> rights = new ArrayList<>();
    private final HikariDataSource source;

    LimitedUser(Database database, Of of, String table) throws SQLException, IOException {
        this.database = database;
        database.execute(isPostgresql() ? "CREATE ROLE " + name + " LOGIN" : "CREATE USER " + name);
        for (String line : Files.readAllLines(Path.of("README.md"))) {
            read(line.split("\\|"), of, table);
        }
        for (Right right : rights) {
            grant(right);
        }
        this.source = database.sourceOf(name);
    }

    private void read(String[] cells, Of of, String table) throws SQLException {
        String on = cells.length < 5 ? "" : cells[1].trim();
        boolean isSequence = on.startsWith(SEQUENCE);
        if (!isSequence && !on.equals("table of the service") && !on.matches("`gray_[a-z]+`")) {
            return;
        }
        if (isSequence && !isPostgresql()) {
            return;
        }
        String object = isSequence
                ? "SEQUENCE gray_outbox_seq_seq"
                : on.equals("table of the service") ? table : on.replace("`", "");
        for (String letter : cells[of.cell].trim().split(" ", -1)) {
            if (!letter.isEmpty()) {
                rights.add(new Right(RIGHTS.get(letter), object));
            }
        }
    }

    private boolean isPostgresql() throws SQLException {
        try (Connection connection = database.source().getConnection()) {
            return Dialect.of(connection) == Dialect.POSTGRESQL;
        }
    }

    List<Right> rights() {
        return rights;
    }

    /** The one without which the sequence of versions is not lifted. */
    Right ofLift() {
        return rights.stream()
                .filter(Right::isOfSequence)
                .filter(right -> right.right().equals("UPDATE"))
                .findFirst()
                .orElse(new Right("INSERT", "gray_outbox"));
    }

    void grant(Right right) throws SQLException {
        database.execute("GRANT " + right.right() + " ON " + right.on() + " TO " + name);
    }

    void revoke(Right right) throws SQLException {
        database.execute("REVOKE " + right.right() + " ON " + right.on() + " FROM " + name);
    }

    HikariDataSource source() {
        return source;
    }

    @Override
    public void close() {
        source.close();
    }
}
