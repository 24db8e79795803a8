package io.grayrelease.data;

import java.io.IOException;
import java.io.InputStream;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Scanner;
import javax.sql.DataSource;

/** The tables that both stores have beside those of the service. */
public final class GrayTables {
    static final List<String> NAMES = Arrays.asList(
            "gray_chunk",
            "gray_dead",
            "gray_diff",
            "gray_ext",
            "gray_job",
            "gray_meta",
            "gray_outbox",
            "gray_process",
            "gray_state",
            "gray_table");
    private static final int TRIES = 5;

    private GrayTables() {}

    /**
     * Creates what is missing; needs the right to. Several processes may do so at once. The statements lie beside this class, for
     * people who have it.
     */
    public static void create(DataSource store) throws SQLException {
        Sql.one(store, connection -> {
            try (Statement statement = connection.createStatement()) {
                for (String sql : statements(Dialect.of(connection))) {
                    create(statement, sql);
                }
            }
            return true;
        });
    }

    /** That a table is not there is no promise that nobody creates it meanwhile: who is second looks again. */
    private static void create(Statement statement, String sql) throws SQLException {
        for (int tries = 1; ; tries++) {
            try {
                statement.execute(sql);
                return;
            } catch (SQLException e) {
                if (tries == TRIES || !Faults.isOfCreation(e)) {
                    throw e;
                }
            }
        }
    }

    /**
     * Looks whether they are there.
     *
     * @throws SQLException with the words of the database
     */
    static void check(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("SELECT sent_at FROM " + String.join(", ", NAMES) + " WHERE 1 = 0");
        } catch (SQLException e) {
            throw explained(e);
        }
    }

    private static SQLException explained(SQLException failure) {
        if (Faults.isOfRights(failure)) {
            return explained(
                    "found no right to SELECT from all tables of gray-data, expected the rights that README names: ",
                    failure);
        }
        return Faults.isOfStatement(failure)
                ? explained("found not all tables of gray-data, expected those that GrayTables.create makes: ", failure)
                : failure;
    }

    private static SQLException explained(String words, SQLException failure) {
        return new SQLException(words + failure.getMessage(), failure.getSQLState(), failure.getErrorCode(), failure);
    }

    private static List<String> statements(Dialect dialect) throws SQLException {
        try (InputStream resource = GrayTables.class.getResourceAsStream(dialect.tables())) {
            if (resource == null) {
                throw new IllegalStateException(dialect.tables() + " is missing in the jar");
            }
            List<String> statements = new ArrayList<>();
            Scanner scanner = new Scanner(resource, "UTF-8").useDelimiter(";\\s*");
            while (scanner.hasNext()) {
                statements.add(scanner.next());
            }
            return statements;
        } catch (IOException e) {
            throw new SQLException(dialect.tables() + " cannot be read", e);
        }
    }
}
