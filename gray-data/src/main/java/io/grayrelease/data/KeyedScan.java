package io.grayrelease.data;

import java.sql.SQLException;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * Reads the rows of a range in one store, and looks for each by its key in the other: where the two order their keys so differently
 * that a range of one is all over the other. It does not see what only the other store has; for that, another job goes over that
 * one in its order. Thread-safe.
 */
final class KeyedScan implements Scan {
    private final ComparedStore read;
    private final ComparedStore looked;

    KeyedScan(ComparedStore read, ComparedStore looked) {
        this.read = read;
        this.looked = looked;
    }

    @Override
    public long suspects(KeyRange range, Set<RowKey> suspects) throws SQLException {
        Map<RowKey, Object> rows = read.rows(range);
        Map<RowKey, Map<String, @Nullable String>> others = looked.read(rows.keySet());
        rows.forEach((key, row) -> {
            if (!row.equals(others.get(key))) {
                suspects.add(key);
            }
        });
        return rows.size();
    }
}
