package io.grayrelease.data;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;

import static org.assertj.core.api.Assertions.catchThrowable;

/**
 * A transaction that has all orders but the first, and then waits for that. A writer that has the first and asks for another closes the
 * circle, and the database rolls one of the two back: this one has written more, so on MariaDB it is the writer.
 */
final class Circle implements AutoCloseable {
    private final Connection connection;
    private final FutureTask<Boolean> waiting = new FutureTask<>(this::takeFirst);

    Circle(Database orders) throws SQLException {
        this.connection = orders.source().getConnection();
        connection.setAutoCommit(false);
        raise("id > 1");
    }

    private boolean takeFirst() throws SQLException {
        raise("id = 1");
        connection.commit();
        return true;
    }

    private void raise(String which) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("UPDATE orders SET amount = amount + 1 WHERE " + which);
        }
    }

    /** Has it wait for the first order, in a thread of its own. */
    void begin() {
        new Thread(waiting).start();
    }

    /** Waits until it has committed, or was rolled back. */
    void awaitEnd() {
        Throwable unused = catchThrowable(() -> waiting.get(20, TimeUnit.SECONDS));
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
