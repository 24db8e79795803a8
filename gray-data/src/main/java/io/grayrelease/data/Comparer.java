package io.grayrelease.data;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Compares the chunks of a run: finds, confirms, keeps what it found, and repairs it if it shall. Thread-safe. */
final class Comparer {
    private static final Logger LOG = LoggerFactory.getLogger(Comparer.class);
    private static final int KEPT_RUNS = 10;
    private static final int ROWS_IN_JAVA = 5_000;

    private final Store ofNew;
    private final Table table;
    private final ComparedPair pair;
    private final CompareSettings settings;
    private final CompareSteps steps;
    private final CountDownLatch stop;
    private final Repairs repairs;
    private final Recheck recheck;
    private final DiffTable differences;
    private final Rarely notRepaired = new Rarely();
    private final List<Pass> passes = new ArrayList<>();
    /** As far as the last chunk told; before the first, some may be left of a run that goes on. */
    private volatile boolean foundAny = true;

    Comparer(
            String migration,
            Store old,
            Store ofNew,
            Table table,
            ComparedPair pair,
            RowCheck check,
            CompareSettings settings,
            CompareSteps steps,
            Repairs repairs,
            ExecutorService pool,
            CountDownLatch stop) {
        this.ofNew = ofNew;
        this.table = table;
        this.pair = pair;
        this.settings = settings;
        this.steps = steps;
        this.stop = stop;
        this.repairs = repairs;
        this.recheck = new Recheck(check, new Recheck.Patience(settings.settleLimit(), stop));
        this.differences = new DiffTable(migration);
        boolean alike = pair.canons.ordersAlike();
        Scan first = alike ? ranges(pool) : new KeyedScan(pair.old, pair.ofNew);
        passes.add(new Pass(new Claims(migration, JobKind.COMPARE, old, table, ofNew.source()), first, alike));
        if (!alike) {
            Claims claims = new Claims(migration, JobKind.EXTRA, ofNew, table, ofNew.source());
            passes.add(new Pass(claims, new KeyedScan(pair.ofNew, pair.old), true));
        }
    }

    private Scan ranges(ExecutorService pool) {
        ComparedPair plain = pair.withoutHash();
        Scan byRow = new RangeCompare(plain.old, plain.ofNew, false, chunkRows(), pool, steps);
        return pair.hash == null
                ? byRow
                : new FallbackScan(new RangeCompare(pair.old, pair.ofNew, true, chunkRows(), pool, steps), byRow);
    }

    /** One way over the whole table, in the order of one store. */
    static final class Pass {
        final Claims claims;
        final Scan scan;
        /** Whether its ranges are right for the new store. */
        final boolean ofNew;

        Pass(Claims claims, Scan scan, boolean ofNew) {
            this.claims = claims;
            this.scan = scan;
            this.ofNew = ofNew;
        }
    }

    List<Pass> passes() {
        return passes;
    }

    /** Where the databases take no hash, rows are held in memory. */
    int chunkRows() {
        return pair.hash == null ? Math.min(ROWS_IN_JAVA, settings.chunkRows()) : settings.chunkRows();
    }

    /** Joins the run that is not at its end, or begins the next; and says which. */
    long begin() throws SQLException {
        Job last = passes.get(0).claims.job();
        boolean ended = last == null || isFinished(last.run) || isTooMuch(last.run);
        long run = last == null ? 1 : ended ? last.run + 1 : last.run;
        for (Pass pass : passes) {
            pass.claims.begin(run);
        }
        Sql.own(ofNew.source(), connection -> differences.forget(connection, run - KEPT_RUNS));
        return run;
    }

    boolean isFinished(long run) throws SQLException {
        for (Pass pass : passes) {
            Job job = pass.claims.job();
            if (job == null || (job.run == run && !job.isFinished())) {
                return false;
            }
        }
        return true;
    }

    boolean isTooMuch(long run) throws SQLException {
        return foundAny && left(run) >= settings.mostDifferences();
    }

    long left(long run) throws SQLException {
        return Sql.own(ofNew.source(), connection -> differences.countLeft(connection, run));
    }

    /** Compares a chunk that is claimed, and says how many rows it has. */
    long compare(Pass pass, Chunk chunk) throws SQLException, InterruptedException {
        Set<RowKey> suspects = new LinkedHashSet<>();
        long rows = pass.scan.suspects(chunk.range(), suspects);
        List<Recheck.Found> found = recheck.confirmed(suspects);
        if (stop.getCount() == 0) {
            pass.claims.release(chunk);
            return 0;
        }
        List<Difference> all = new ArrayList<>();
        found.forEach(each -> all.add(each.difference));
        all.addAll(refused(pass, chunk.range()));
        steps.chunkCompared();
        Sql.own(ofNew.source(), connection -> done(connection, pass, chunk, rows, all));
        repair(keys(found));
        return rows;
    }

    private int done(Connection connection, Pass pass, Chunk chunk, long rows, List<Difference> found)
            throws SQLException {
        pass.claims.hold(connection, chunk);
        differences.add(connection, chunk.run(), found);
        Job job = pass.claims.done(connection, chunk, rows, found.size());
        foundAny = passes.size() > 1 || job.rowsWritten > 0;
        return found.size();
    }

    private List<Difference> refused(Pass pass, KeyRange range) throws SQLException {
        Predicate<Row> extras = settings.extras();
        return extras == null || !pass.ofNew
                ? Collections.emptyList()
                : new ExtrasCheck(ofNew, table, extras).refused(range);
    }

    private static Map<RowKey, Difference> keys(List<Recheck.Found> found) {
        Map<RowKey, Difference> keys = new LinkedHashMap<>();
        found.forEach(each -> keys.put(each.key, each.difference));
        return keys;
    }

    private void repair(Map<RowKey, Difference> found) throws SQLException, InterruptedException {
        if (!settings.repair() || found.isEmpty()) {
            return;
        }
        for (RowKey key : found.keySet()) {
            try {
                repairs.refresh(key);
            } catch (SQLException e) {
                if (notRepaired.isTime()) {
                    LOG.warn(
                            "gray: a row is not repaired, and looked at again at the end: SQLSTATE {}",
                            e.getSQLState());
                }
            }
        }
        look(found);
    }

    /** Looks again at what differed, and tells of what does not any more. */
    private void look(Map<RowKey, Difference> found) throws SQLException, InterruptedException {
        Set<RowKey> still = new LinkedHashSet<>();
        recheck.confirmed(found.keySet()).forEach(each -> still.add(each.key));
        if (stop.getCount() == 0) {
            return;
        }
        List<Difference> healed = new ArrayList<>();
        found.forEach((key, difference) -> {
            if (!still.contains(key)) {
                healed.add(difference);
            }
        });
        heal(healed);
    }

    private void heal(Collection<Difference> healed) throws SQLException {
        Sql.own(ofNew.source(), connection -> {
            for (Difference difference : healed) {
                differences.healed(connection, difference.key());
            }
            return true;
        });
    }

    /** Looks once more at all that a run found and that is not healed yet: it may be, or its repair may have failed. */
    void finish(long run) throws SQLException, InterruptedException {
        Map<RowKey, Difference> left = new LinkedHashMap<>();
        for (Difference difference : leftOf(run, settings.mostDifferences())) {
            // An escaped key is no key of a row; what was found of it stays.
            if (difference.kind() != Difference.Kind.EXTRAS && !Ascii.isEscaped(difference.key())) {
                left.put(pair.canons.key(difference.key()), difference);
            }
        }
        if (settings.repair()) {
            repair(left);
        } else {
            look(left);
        }
    }

    List<Difference> leftOf(long run, int most) throws SQLException {
        return Sql.own(ofNew.source(), connection -> differences.left(connection, run, most));
    }

    @Nullable
    Job job() throws SQLException {
        return passes.get(0).claims.job();
    }
}
