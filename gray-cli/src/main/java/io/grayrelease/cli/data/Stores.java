package io.grayrelease.cli.data;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

import com.zaxxer.hikari.HikariDataSource;

import io.grayrelease.cli.text.UnreadableException;
import io.grayrelease.data.MigrationTool;
import io.grayrelease.data.StoreFault;

/** The two stores, connected. */
final class Stores implements AutoCloseable {
    private final HikariDataSource old;
    private final HikariDataSource ofNew;

    private Stores(HikariDataSource old, HikariDataSource ofNew) {
        this.old = old;
        this.ofNew = ofNew;
    }

    static Stores connect(StorePlace old, StorePlace ofNew, int connections) throws UnreadableException {
        Stores stores = new Stores(old.open(connections), ofNew.open(connections));
        try (Connection connection = stores.old.getConnection()) {
            return stores;
        } catch (SQLException e) {
            stores.close();
            throw new UnreadableException(old.name(), reason(e), e);
        }
    }

    /** Names of the migrations that the old store knows. */
    List<String> names() throws UnreadableException {
        try {
            return MigrationTool.names(old);
        } catch (SQLException e) {
            throw new UnreadableException("gray_table of the old store", reason(e), e);
        }
    }

    MigrationTool migration(String name) throws UnreadableException {
        List<String> names = names();
        if (!names.contains(name)) {
            throw new UnreadableException(
                    "migration " + name,
                    names.isEmpty()
                            ? "found none in the old store; services leave theirs there when they start"
                            : "found " + String.join(", ", names) + " in the old store");
        }
        try {
            return MigrationTool.open(name, old, ofNew);
        } catch (SQLException e) {
            throw new UnreadableException("migration " + name, reason(e), e);
        }
    }

    /** What the pool says of a store that is away hides why it is. */
    static String reason(SQLException e) {
        SQLException root = e;
        while (root.getCause() instanceof SQLException cause) {
            root = cause;
        }
        return StoreFault.isWithoutTables(root)
                ? StoreFault.words(root)
                : String.valueOf(root.getMessage()).trim();
    }

    @Override
    public void close() {
        old.close();
        ofNew.close();
    }
}
