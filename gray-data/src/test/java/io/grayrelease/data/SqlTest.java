package io.grayrelease.data;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class SqlTest {
    private Database database;

    @BeforeEach
    void start() throws Exception {
        database = Database.of(Database.Make.H2);
        database.execute("CREATE TABLE parcels (id INT PRIMARY KEY)");
    }

    @AfterEach
    void stop() {
        database.close();
    }

    @Test
    void committed_workFailsAndTheRollbackToo_nothingIsCommitted() throws Exception {
        try (Connection connection = database.source().getConnection()) {
            assertThatThrownBy(() -> Sql.committed(failingRollback(connection), SqlTest::insertAndFail))
                    .hasMessage("no parcel today");
        }
        assertThat(parcels()).isZero();
    }

    @Test
    void committed_workFails_theConnectionCommitsByItselfAgain() throws Exception {
        try (Connection connection = database.source().getConnection()) {
            assertThatThrownBy(() -> Sql.committed(connection, SqlTest::insertAndFail))
                    .hasMessage("no parcel today");
            assertThat(connection.getAutoCommit()).isTrue();
        }
        assertThat(parcels()).isZero();
    }

    private static Void insertAndFail(Connection connection) throws SQLException {
        connection.createStatement().execute("INSERT INTO parcels VALUES (1)");
        throw new SQLException("no parcel today");
    }

    private int parcels() throws SQLException {
        try (Connection connection = database.source().getConnection();
                ResultSet rows = connection.createStatement().executeQuery("SELECT COUNT(*) FROM parcels")) {
            rows.next();
            return rows.getInt(1);
        }
    }

    private static Connection failingRollback(Connection inner) {
        return (Connection) Proxy.newProxyInstance(
                SqlTest.class.getClassLoader(), new Class<?>[] {Connection.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("rollback")) {
                        throw new SQLException("the network is slow", "08006");
                    }
                    try {
                        return method.invoke(inner, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }
}
