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
    private final PartSize size;

    RangeCompare(
            ComparedStore old,
            ComparedStore ofNew,
            boolean hashed,
            int chunkRows,
            ExecutorService pool,
            CompareSteps steps) {
        this.old = old;
        this.ofNew = ofNew;
        this.hashed = hashed;
        this.pool = pool;
        this.steps = steps;
        this.size = new PartSize(hashed ? SMALL_ROWS : chunkRows, chunkRows);
    }

    @Override
    public long suspects(KeyRange range, Set<RowKey> suspects) throws SQLException, InterruptedException {
        long rows = 0;
        KeyRange rest = range;
        while (true) {
            Map<String, @Nullable String> end = endOfPart(rest);
            KeyRange next = end == null ? rest : new KeyRange(rest.low(), end);
            Both<Sum> sums = sums(next);
            rows += rows(sums);
            size.found(differ(sums));
            look(next, sums, suspects);
            if (end == null) {
                return rows;
            }
            rest = rest.after(end);
        }
    }

    /** Null if the rest is no more than a part. */
    private @Nullable Map<String, @Nullable String> endOfPart(KeyRange rest) throws SQLException {
        Map<String, @Nullable String> end = size.isWhole() ? null : old.middle(rest, size.rows());
        return end == null || end.equals(rest.high()) ? null : end;
    }

    private Both<Sum> sums(KeyRange range) throws SQLException, InterruptedException {
        Both<Sum> sums = Both.of(pool, old, ofNew, store -> store.sum(range));
        steps.chunkSummed();
        return sums;
    }

    private void look(KeyRange range, Both<Sum> sums, Set<RowKey> suspects) throws SQLException, InterruptedException {
        long rows = rows(sums);
        if (!differ(sums)) {
            return;
        }
        ComparedStore larger = sums.ofOld.rows >= sums.ofNew.rows ? old : ofNew;
        Map<String, @Nullable String> middle = isSmall(rows) ? null : larger.middle(range, rows / 2);
        if (middle == null || middle.equals(range.high()) || middle.equals(range.low())) {
            byRow(range, suspects);
            return;
        }
        for (KeyRange half : new KeyRange[] {new KeyRange(range.low(), middle), new KeyRange(middle, range.high())}) {
            look(half, sums(half), suspects);
        }
    }

    private boolean differ(Both<Sum> sums) {
        return rows(sums) > 0 && !(hashed && sums.ofOld.isAs(sums.ofNew));
    }

    private static long rows(Both<Sum> sums) {
        return Math.max(sums.ofOld.rows, sums.ofNew.rows);
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
