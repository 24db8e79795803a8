package io.grayrelease.data;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * Looks at rows in both stores without a lock, and says of a difference for sure whether a write that is on its way explains it.
 * The order of the looks is the proof: (1) the versions that the other store knows, (2) its rows, (3) the primary's rows, (4) the
 * events that wait, (5) the versions again. If no event waits at (4), the other store had everything by then that was committed
 * before (3); if a version is at (5) what it was at (1), nothing came there between, so that (2) shows exactly what (3) shows, or
 * differs from it without excuse. A switch of the primary on the way is an excuse too. Thread-safe.
 */
final class RowCheck {
    private static final int KEYS_AT_ONCE = 200;
    private static final String VERSIONS = "SELECT row_key, ver FROM gray_meta WHERE migration = ? AND row_key IN (";
    private static final String WAITING = "SELECT row_key FROM gray_outbox WHERE migration = ? AND row_key IN (";

    private final String migration;
    private final ComparedStore old;
    private final ComparedStore ofNew;
    private final Ordering ordering;
    private final CompareSteps steps;

    RowCheck(String migration, ComparedStore old, ComparedStore ofNew, Ordering ordering, CompareSteps steps) {
        this.migration = migration;
        this.old = old;
        this.ofNew = ofNew;
        this.ordering = ordering;
        this.steps = steps;
    }

    /** Looks at some rows, once. */
    Map<RowKey, Verdict> look(Collection<RowKey> keys) throws SQLException {
        Map<RowKey, Verdict> verdicts = new LinkedHashMap<>();
        for (List<RowKey> some : Sql.pieces(new ArrayList<>(keys), KEYS_AT_ONCE)) {
            look(some, verdicts);
        }
        return verdicts;
    }

    private void look(List<RowKey> keys, Map<RowKey, Verdict> verdicts) throws SQLException {
        Ordering.Primary before = ordering.look();
        ComparedStore primary = before.isNew ? ofNew : old;
        ComparedStore other = primary == old ? ofNew : old;
        Set<String> names = names(keys);
        Map<String, Long> versions = versions(other, names);
        Map<RowKey, Map<String, @Nullable String>> inOther = other.read(keys);
        steps.otherRead();
        Map<RowKey, Map<String, @Nullable String>> inPrimary = primary.read(keys);
        Set<String> moving = waiting(names);
        moving.addAll(changed(versions, versions(other, names)));
        boolean switched = ordering.look().epoch != before.epoch;
        for (RowKey key : keys) {
            boolean excused = switched || !Collections.disjoint(moving, key.names());
            verdicts.put(key, verdict(key, version(versions, key), inPrimary.get(key), inOther.get(key), excused));
        }
    }

    private static long version(Map<String, Long> versions, RowKey key) {
        return key.names().stream()
                .mapToLong(name -> versions.getOrDefault(name, Version.NONE))
                .max()
                .orElse(Version.NONE);
    }

    private static Verdict verdict(
            RowKey key,
            long version,
            @Nullable Map<String, @Nullable String> inPrimary,
            @Nullable Map<String, @Nullable String> inOther,
            boolean excused) {
        if (inPrimary == null ? inOther == null : inPrimary.equals(inOther)) {
            return Verdict.equal(version);
        }
        return excused
                ? Verdict.moving(version)
                : Verdict.of(version, Difference.between(key.text(), inPrimary, inOther));
    }

    private static Set<String> names(Collection<RowKey> keys) {
        Set<String> names = new LinkedHashSet<>();
        keys.forEach(key -> names.addAll(key.names()));
        return names;
    }

    /** The keys of which events wait in either store. */
    private Set<String> waiting(Set<String> names) throws SQLException {
        Set<String> waiting = new HashSet<>();
        for (ComparedStore store : new ComparedStore[] {old, ofNew}) {
            query(store, WAITING, names, rows -> waiting.add(rows.getString(1)));
        }
        return waiting;
    }

    private Map<String, Long> versions(ComparedStore store, Set<String> names) throws SQLException {
        Map<String, Long> versions = new HashMap<>();
        query(store, VERSIONS, names, rows -> versions.put(rows.getString(1), rows.getLong(2)));
        return versions;
    }

    private static Set<String> changed(Map<String, Long> before, Map<String, Long> after) {
        Set<String> changed = new HashSet<>();
        after.forEach((key, version) -> {
            if (!version.equals(before.get(key))) {
                changed.add(key);
            }
        });
        return changed;
    }

    private interface Each {
        void row(ResultSet rows) throws SQLException;
    }

    /** A name that the store cannot hold is none that it knows. */
    private void query(ComparedStore store, String sql, Set<String> names, Each each) throws SQLException {
        Refusal.ask(
                new ArrayList<>(names),
                some -> Sql.own(store.store().source(), connection -> query(connection, sql, some, each)));
    }

    private boolean query(Connection connection, String sql, List<String> names, Each each) throws SQLException {
        String all = sql + String.join(", ", Collections.nCopies(names.size(), "?")) + ")";
        try (PreparedStatement statement = connection.prepareStatement(all)) {
            statement.setString(1, migration);
            int index = 2;
            for (String name : names) {
                statement.setString(index++, name);
            }
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    each.row(rows);
                }
            }
        }
        return true;
    }
}
