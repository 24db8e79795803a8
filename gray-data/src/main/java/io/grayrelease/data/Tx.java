package io.grayrelease.data;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransactionRollbackException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/** The writes of one transaction of the primary store. For one thread, and only until the transaction ends. */
public final class Tx<K, R> {
    /**
     * What a service does in a transaction. It may be done twice: where the migration has moved on meanwhile, what was done is
     * rolled back and done again.
     */
    public interface Work<K, R> {
        void in(Tx<K, R> tx) throws SQLException;
    }

    private final Connection connection;
    private final PrimaryRows rows;
    private final RowMapper<K, R> mapper;
    private final Table table;
    private final TxEvents events;

    Tx(Connection connection, PrimaryRows rows, RowMapper<K, R> mapper, TxEvents events) {
        this.connection = connection;
        this.rows = rows;
        this.mapper = mapper;
        this.table = mapper.table();
        this.events = events;
    }

    /**
     * The connection, for whatever else belongs into the transaction; not to be committed or closed. Who goes back to a savepoint
     * takes back what this was told since then: of what is left, it must be told again.
     */
    public Connection connection() {
        events.share();
        return connection;
    }

    /** Whether it is a transaction of the new store: statements of the service's own are for that store's table then. */
    public boolean isNew() {
        return events.areInNew();
    }

    /** Inserts a record. */
    public void insert(R record) throws SQLException {
        Map<String, @Nullable String> given = texts(record);
        events.addInserted(rows, run(same -> rows.insert(same, given)));
    }

    /** Writes a record over the one with its key, and says whether there is one. */
    public boolean update(R record) throws SQLException {
        Map<String, @Nullable String> given = texts(record);
        if (!events.captures() && !rows.keepsExtras(given)) {
            // Nobody wants to know what is in the row, which some databases tell by a statement of its own only.
            events.asked();
            return run(same -> rows.updateUnseen(same, given));
        }
        return add(run(same -> Optional.ofNullable(rows.update(same, given))));
    }

    /** Deletes a record, and says whether there was one. */
    public boolean delete(K key) throws SQLException {
        Map<String, @Nullable String> keyValues = Table.texts(table.key(), mapper.key(key));
        return add(run(same -> Optional.ofNullable(rows.delete(same, keyValues))));
    }

    /**
     * Tells that this transaction has inserted, changed or deleted a row by statements of its own. Must come after the statement,
     * which holds the row's lock; the key as the row has it.
     *
     * @throws SQLException also if there is no row, and the transaction is one of PostgreSQL or H2 that does not see what was committed
     *     since it began: REPEATABLE READ or SERIALIZABLE
     */
    public void changed(K key) throws SQLException {
        changed(Table.texts(table.key(), mapper.key(key)));
    }

    private void changed(Map<String, @Nullable String> keyValues) throws SQLException {
        if (!events.addFound(rows, () -> rows.changed(connection, keyValues))) {
            run(same -> stillGone(same, keyValues));
        }
    }

    /** Looked for after the version was drawn: who inserts the row later draws a higher one. */
    private boolean stillGone(Connection same, Map<String, @Nullable String> keyValues) throws SQLException {
        if (rows.locked(same, keyValues) != null) {
            throw new SQLTransactionRollbackException("a row was inserted after it was not found", "40001");
        }
        return true;
    }

    /** As {@link #changed}, first in its transaction, which sees what is committed meanwhile. */
    void changedFirst(K key) throws SQLException {
        events.readCommitted();
        changed(key);
    }

    /** Brings a row over again as it is, and says whether there is one; if not, that takes {@link #refreshAlone}. */
    boolean refresh(Map<String, @Nullable String> keyValues) throws SQLException {
        boolean present = rows.locked(connection, keyValues) != null;
        if (present) {
            events.add(rows, () -> rows.whole(connection, keyValues));
        } else {
            events.asked();
        }
        return present;
    }

    /**
     * Brings over that a row is not there, or the row if it is; first in its transaction. A row that is not there has no lock: another
     * might be about to insert it, with a lower version, and his event would be stale. So this waits for all who have drawn a version.
     */
    void refreshAlone(Map<String, @Nullable String> keyValues) throws SQLException {
        events.alone();
        events.add(rows, () -> rows.whole(connection, keyValues));
    }

    private <T> T run(Sql.Work<T> statement) throws SQLException {
        try {
            return statement.in(connection);
        } catch (SQLException e) {
            events.failed(e);
            throw e;
        } catch (RuntimeException | Error e) {
            events.failed(new SQLException("a row may be written, and nothing tells of it: " + e, e));
            throw e;
        }
    }

    private boolean add(Optional<PrimaryRows.Written> written) throws SQLException {
        if (!written.isPresent()) {
            // Not there is an answer too, which only the primary gives.
            events.asked();
            return false;
        }
        events.add(rows, written.get());
        return true;
    }

    private Map<String, @Nullable String> texts(R record) {
        Row row = checked(mapper.row(record));
        return Table.texts(row.columns(), row);
    }

    private Row checked(Row row) {
        Set<String> columns = row.columns();
        int size = table.shared().size();
        boolean old = columns.size() == size && columns.containsAll(table.shared());
        if (!old && !(columns.size() == size + table.onlyNew().size() && columns.containsAll(table.columnsOfNew()))) {
            throw new IllegalArgumentException("row: found columns " + columns + ", expected " + table.shared()
                    + ", and none or all of " + table.onlyNew().keySet());
        }
        return row;
    }
}
