package io.grayrelease.data;

import java.sql.SQLException;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;

import org.jspecify.annotations.Nullable;

/**
 * Finds the rows of a range that may differ: by the checksums of both stores, halving what differs until it is small. Where the
 * stores order keys otherwise than each other, it still finds all: each key lies in at least one range, be the bounds in whichever
 * order, and what seems to be missing is looked at by its key before it counts. Thread-safe.
 */
final class RangeCompare implements Scan {
    private static final int SMALL_ROWS = 1_000;
    private static final int SMALL_ROWS_IN_JAVA = 10_000;

    private final ComparedStore old;
    private final ComparedStore ofNew;
    private final boolean hashed;
    private final ExecutorService pool;
    private final CompareSteps steps;

    RangeCompare(ComparedStore old, ComparedStore ofNew, boolean hashed, ExecutorService pool, CompareSteps steps) {
        this.old = old;
        this.ofNew = ofNew;
        this.hashed = hashed;
        this.pool = pool;
        this.steps = steps;
    }

    @Override
    public long suspects(KeyRange range, Set<RowKey> suspects) throws SQLException, InterruptedException {
        Both<Sum> sums = Both.of(pool, old, ofNew, store -> store.sum(range));
        steps.chunkSummed();
        long rows = Math.max(sums.ofOld.rows, sums.ofNew.rows);
        if (rows == 0 || (hashed && sums.ofOld.isAs(sums.ofNew))) {
            return rows;
        }
        ComparedStore larger = sums.ofOld.rows >= sums.ofNew.rows ? old : ofNew;
        Map<String, @Nullable String> middle = isSmall(rows) ? null : larger.middle(range, rows / 2);
        if (middle == null || middle.equals(range.high()) || middle.equals(range.low())) {
            byRow(range, suspects);
        } else {
            suspects(new KeyRange(range.low(), middle), suspects);
            suspects(new KeyRange(middle, range.high()), suspects);
        }
        return rows;
    }

    private boolean isSmall(long rows) {
        return rows <= (hashed ? SMALL_ROWS : SMALL_ROWS_IN_JAVA);
    }

    private void byRow(KeyRange range, Set<RowKey> suspects) throws SQLException, InterruptedException {
        Both<Map<RowKey, Object>> rows = Both.of(pool, old, ofNew, store -> store.rows(range));
        rows.ofOld.forEach((key, row) -> {
            if (!row.equals(rows.ofNew.get(key))) {
                suspects.add(key);
            }
        });
        Set<RowKey> extra = new HashSet<>(rows.ofNew.keySet());
        extra.removeAll(rows.ofOld.keySet());
        suspects.addAll(extra);
    }
}
