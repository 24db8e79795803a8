package io.grayrelease.data;

import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;

/** A real database server. */
abstract class LiveServer extends LiveProcess {
    LiveServer(String account) throws IOException {
        super(account);
    }

    abstract String url(String database);

    abstract String administration();

    abstract String user();

    @Override
    boolean answers() {
        try {
            execute("SELECT 1");
            return true;
        } catch (SQLException e) {
            return false;
        }
    }

    void execute(String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url(administration()), user(), "");
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
