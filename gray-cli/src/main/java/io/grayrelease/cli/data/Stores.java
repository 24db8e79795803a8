package io.grayrelease.cli.data;

import java.sql.SQLException;
import java.util.List;

import com.zaxxer.hikari.HikariDataSource;

import io.grayrelease.cli.text.UnreadableException;
import io.grayrelease.data.MigrationLook;
import io.grayrelease.data.MigrationTool;

/** The two stores, each of which may be away. */
final class Stores implements AutoCloseable {
    private final HikariDataSource old;
    private final HikariDataSource ofNew;

    /**
     * Does not connect yet.
     *
     * @param millis how long a store that does not answer is waited for
     */
    Stores(StorePlace old, StorePlace ofNew, int connections, long millis) {
        this.old = old.open(connections, millis);
        this.ofNew = ofNew.open(connections, millis);
    }

    /** Names of the migrations that the old store knows, or the new one if that is away. */
    List<String> names() throws UnreadableException {
        try {
            return MigrationLook.names(old, ofNew);
        } catch (SQLException e) {
            throw unreadable(e);
        }
    }

    /** A migration to look at. */
    MigrationLook look(String name) throws UnreadableException {
        List<String> names = names();
        if (!names.contains(name)) {
            throw new UnreadableException(
                    "migration " + name,
                    names.isEmpty()
                            ? "found none in the old store; services leave theirs there when they start"
                            : "found " + String.join(", ", names) + " in the old store");
        }
        return MigrationLook.of(name, old, ofNew);
    }

    /** A migration to work at, whose stores both answer. */
    MigrationTool migration(String name) throws UnreadableException {
        MigrationLook unused = look(name);
        try {
            MigrationTool tool = MigrationTool.open(name, old, ofNew);
            tool.reach();
            return tool;
        } catch (SQLException e) {
            throw unreadable(e);
        } catch (IllegalArgumentException e) {
            throw unreadable(e);
        }
    }

    /** What the pool says of a store that is away hides why it is. */
    static String reason(SQLException e) {
        SQLException root = e;
        while (root.getCause() instanceof SQLException cause) {
            root = cause;
        }
        return String.valueOf(root.getMessage()).trim();
    }

    static UnreadableException unreadable(SQLException e) {
        return new UnreadableException("the stores", reason(e), e);
    }

    /** Of two that are one, or of a table that no migration can be of. */
    static UnreadableException unreadable(IllegalArgumentException e) {
        return new UnreadableException(
                "the stores", String.valueOf(e.getMessage()).replaceFirst("^the stores: ", ""), e);
    }

    @Override
    public void close() {
        old.close();
        ofNew.close();
    }
}
