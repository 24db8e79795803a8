package io.grayrelease.data;

import java.sql.SQLException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;

/** What both stores answered, asked at the same time. Immutable. */
final class Both<T> {
    final T ofOld;
    final T ofNew;

    private Both(T ofOld, T ofNew) {
        this.ofOld = ofOld;
        this.ofNew = ofNew;
    }

    /** What is asked of a store. */
    interface Question<T> {
        T of(ComparedStore store) throws SQLException;
    }

    /** Asks the new store in a thread of the pool, and the old one in this thread. */
    static <T> Both<T> of(ExecutorService pool, ComparedStore old, ComparedStore ofNew, Question<T> question)
            throws SQLException, InterruptedException {
        Future<T> second = pool.submit(() -> question.of(ofNew));
        T first;
        try {
            first = question.of(old);
        } catch (SQLException | RuntimeException e) {
            second.cancel(false);
            throw e;
        }
        try {
            return new Both<>(first, second.get());
        } catch (ExecutionException e) {
            if (e.getCause() instanceof SQLException) {
                throw (SQLException) e.getCause();
            }
            throw new SQLException("the new store was not asked", e);
        }
    }
}
