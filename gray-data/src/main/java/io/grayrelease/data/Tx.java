package io.grayrelease.data;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
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

    /** The connection, for whatever else belongs into the transaction; not to be committed or closed. */
    public Connection connection() {
        return connection;
    }

    /** Inserts a record. */
    public void insert(R record) throws SQLException {
        Row row = checked(mapper.row(record));
        capture(rows.insert(connection, Table.texts(table.shared(), row)), row);
    }

    /** Writes a record over the one with its key, and says whether there is one. */
    public boolean update(R record) throws SQLException {
        Row row = checked(mapper.row(record));
        Map<String, @Nullable String> written = rows.update(connection, Table.texts(table.shared(), row));
        if (written != null) {
            capture(written, row);
        }
        return written != null;
    }

    /** Deletes a record, and says whether there was one. */
    public boolean delete(K key) throws SQLException {
        Map<String, @Nullable String> gone = rows.delete(connection, Table.texts(table.key(), mapper.key(key)));
        if (gone != null) {
            captureDelete(gone);
        }
        return gone != null;
    }

    /**
     * Tells that this transaction has inserted, changed or deleted a row by statements of its own. Must come after the statement,
     * which holds the row's lock; the key as the row has it.
     */
    public void changed(K key) throws SQLException {
        Map<String, @Nullable String> keyValues = Table.texts(table.key(), mapper.key(key));
        Map<String, @Nullable String> now = rows.locked(connection, keyValues);
        if (now == null) {
            captureDelete(keyValues);
        } else {
            capture(Image.written(now, Collections.emptyMap()));
        }
    }

    private void captureDelete(Map<String, @Nullable String> row) throws SQLException {
        Map<String, @Nullable String> key = new LinkedHashMap<>(row);
        key.keySet().retainAll(table.key());
        capture(Image.deleted(key));
    }

    private void capture(Map<String, @Nullable String> written, Row row) throws SQLException {
        boolean settles = row.columns().size() > table.shared().size();
        capture(Image.written(written, settles ? Table.texts(table.onlyNew().keySet(), row) : Collections.emptyMap()));
    }

    private void capture(Image image) throws SQLException {
        events.add(image.key(table.key()), image);
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
