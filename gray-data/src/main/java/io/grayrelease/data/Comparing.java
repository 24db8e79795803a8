package io.grayrelease.data;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;

import org.jspecify.annotations.Nullable;

/** All that a migration compares: whole tables, what was written lately, and what is read. Thread-safe. */
final class Comparing implements AutoCloseable {
    private final String migration;
    private final Table table;
    private final Store old;
    private final Store ofNew;
    private final Ordering ordering;
    private final Repairs repairs;
    private final CompareReports reports;
    private final ShadowReads shadow;
    private final RecentWrites recent;
    private final Collection<Compare> running = new ConcurrentLinkedQueue<>();
    private volatile @Nullable ComparedPair pair;

    Comparing(
            MigrationBuilder<?, ?> settings,
            Table table,
            Store old,
            Store ofNew,
            Ordering ordering,
            Repairs repairs,
            Counts counts) {
        this.migration = settings.name;
        this.table = table;
        this.old = old;
        this.ofNew = ofNew;
        this.ordering = ordering;
        this.repairs = repairs;
        this.reports = new CompareReports(settings.name, ofNew.source());
        this.shadow = new ShadowReads(settings.name, settings.shadowRate, this::look, counts);
        this.recent = new RecentWrites(settings.name, settings.comparesWrites, this::recheck, counts);
    }

    void start() {
        recent.start();
    }

    /** What both stores are; they must answer the first time. */
    ComparedPair pair() throws SQLException {
        ComparedPair known = pair;
        return known == null ? pairOfToday() : known;
    }

    /** As both are now: a column may be another than at the last comparison, or may be NULL. */
    private ComparedPair pairOfToday() throws SQLException {
        ComparedPair today = ComparedPair.of(table, old, ofNew);
        pair = today;
        return today;
    }

    private RowCheck check(ComparedPair stores, CompareSteps steps) {
        return new RowCheck(migration, stores.old, stores.ofNew, ordering, steps);
    }

    /** @throws IllegalStateException in a phase in which writes are not captured */
    Compare compare(Fact fact, CompareSettings settings, CompareSteps steps) {
        if (!fact.captures()) {
            throw new IllegalStateException(
                    "phase: found " + fact.phase() + ", expected CAPTURE, GRAY_READ or NEW_PRIMARY");
        }
        running.removeIf(Compare::isEnded);
        Compare compare = new Compare(
                migration,
                reports,
                (same, pool, stop) -> {
                    ComparedPair today = pairOfToday();
                    RowCheck check = check(today, steps);
                    return new Comparer(migration, old, ofNew, table, today, check, same, steps, repairs, pool, stop);
                },
                settings);
        running.add(compare);
        compare.start();
        return compare;
    }

    CompareReports reports() {
        return reports;
    }

    ShadowReads shadow() {
        return shadow;
    }

    RecentWrites recent() {
        return recent;
    }

    /** One look at the row of a key. */
    private Verdict look(Map<String, @Nullable String> keyValues) throws SQLException {
        RowKey key = pair().canons.key(keyValues);
        Verdict verdict = check(pair(), CompareSteps.NONE)
                .look(Collections.singleton(key))
                .get(key);
        if (verdict == null) {
            throw new IllegalStateException("found no verdict, expected one of the key asked for");
        }
        return verdict;
    }

    /** Looks at rows until it knows, and keeps what differs with the latest comparison: it is not clean any more. */
    private int recheck(Collection<String> keys, Recheck.Patience patience) throws SQLException, InterruptedException {
        List<RowKey> rows = new ArrayList<>();
        for (String key : keys) {
            rows.add(pair().canons.key(key));
        }
        List<Difference> found = new ArrayList<>();
        for (Recheck.Found each : new Recheck(check(pair(), CompareSteps.NONE), patience).confirmed(rows)) {
            if (each.difference.kind() != Difference.Kind.UNSURE) {
                found.add(each.difference);
            }
        }
        if (!found.isEmpty()) {
            reports.keep(found);
        }
        return found.size();
    }

    @Override
    public void close() {
        running.forEach(Compare::stop);
        shadow.close();
        recent.close();
    }
}
