package io.grayrelease.data;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import javax.sql.DataSource;

import org.jspecify.annotations.Nullable;

/** One store during one look: once it does not answer, it is asked no more. Not thread-safe. */
final class Glance {
    private final String name;
    private final DataSource store;
    private @Nullable SQLException fault;
    private boolean reached;
    private boolean away;

    Glance(String name, DataSource store) {
        this.name = name;
        this.store = store;
    }

    /** What a store is asked. */
    interface Question<T> {
        @Nullable
        T of(DataSource store) throws SQLException;
    }

    /** The answer; empty if there is none, or the store does not say it. */
    <T> Optional<T> ask(Question<T> question) {
        if (away || !isReached()) {
            return Optional.empty();
        }
        try {
            return Optional.ofNullable(question.of(store));
        } catch (SQLException e) {
            failed(e, StoreFault.isAway(e));
            return Optional.empty();
        }
    }

    /** Who gets no connection gets none for the next question either, be it only that the database is misspelt. */
    private boolean isReached() {
        if (reached) {
            return true;
        }
        try (Connection connection = store.getConnection()) {
            reached = !connection.isClosed();
        } catch (SQLException e) {
            failed(e, true);
        }
        return reached;
    }

    private void failed(SQLException e, boolean isAway) {
        if (fault == null || isAway) {
            fault = e;
        }
        away |= isAway;
    }

    /** How people call it. */
    String name() {
        return name;
    }

    boolean isAway() {
        return away;
    }

    /** What was wrong with it, with the database's words; empty if it has answered all. */
    Optional<String> trouble() {
        return Optional.ofNullable(fault)
                .map(found -> away ? StoreFault.silence(name, found) : StoreFault.words(name, found));
    }
}
