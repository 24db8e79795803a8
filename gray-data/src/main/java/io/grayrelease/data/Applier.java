package io.grayrelease.data;

import java.sql.Connection;
import java.sql.SQLDataException;
import java.sql.SQLException;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings events into the other store: in one transaction the keys are locked, what is older than what the store knows is passed
 * over, the rows are written, and their versions. Events may come in any order, more than once, and through several appliers at
 * a time. Thread-safe.
 */
final class Applier implements Inbox {
    private static final Logger LOG = LoggerFactory.getLogger(Applier.class);
    private static final int MOST_TRIES = 3;
    private static final int DEAD_AT_ONCE = 200;
    // Databases take statements of a million bytes at least, and a character takes up to four.
    private static final int LARGE = 250_000;

    private final Store store;
    private final Table table;
    private final StateTable state;
    private final MetaTable meta;
    private final TargetRows rows;
    private final DeadLetters dead;
    private final DeadLetterLog log;
    private final Suspects suspects;
    private final Counts counts;
    private final Set<String> shared;
    private final RecentKeys recent = new RecentKeys();

    Applier(String migration, Store store, Table table, Counts counts) {
        this.store = store;
        this.table = table;
        this.state = new StateTable(migration);
        this.meta = new MetaTable(migration);
        this.rows = new TargetRows(migration, store, table);
        this.dead = new DeadLetters(migration, store.source());
        this.log = new DeadLetterLog(migration, store);
        this.suspects = new Suspects(store.source());
        this.counts = counts;
        this.shared = new HashSet<>(table.shared());
    }

    @Override
    public void accept(List<Event> events) throws SQLException {
        if (events.isEmpty()) {
            return;
        }
        try {
            apply(events, connection -> true);
            recent.add(events);
        } catch (SQLException e) {
            if (!Faults.isOfRow(e) && !suspects.fail(events, e)) {
                throw e;
            }
            setAside(events, e);
        }
        suspects.clear(events);
    }

    /** The last keys that were brought over. */
    RecentKeys recent() {
        return recent;
    }

    /** One by one, for only some of the events may be at fault. */
    private void setAside(List<Event> events, SQLException fault) throws SQLException {
        if (events.size() > 1) {
            for (Event event : events) {
                accept(Collections.singletonList(event));
            }
            return;
        }
        if (!keep(events.get(0), fault)) {
            return;
        }
        counts.dead.increment();
        log.tell(events.get(0), fault);
    }

    /** What is too large for the table's statements, or of characters that it refuses, may be so for that of dead letters too. */
    private boolean keep(Event event, SQLException fault) throws SQLException {
        try {
            dead.add(event, fault);
        } catch (SQLException e) {
            if (Faults.isOfRow(e)) {
                return dead.addEscaped(event, fault);
            }
            if (event.body().length() < LARGE || !suspects.failToKeep(event, e)) {
                throw e;
            }
            dead.addWithoutBody(event, fault);
        }
        return true;
    }

    /** Tries dead letters again: what kept them out may be gone, or a newer event be there. Says how many are none any more. */
    int acceptDead() throws SQLException {
        List<Event> some = dead.first(DEAD_AT_ONCE);
        int brought = some.isEmpty() ? 0 : dead.removeSuperseded();
        for (; !some.isEmpty(); some = dead.after(last(some), DEAD_AT_ONCE)) {
            for (Event letter : some) {
                brought += acceptDead(letter);
            }
        }
        return brought;
    }

    private static Event last(List<Event> some) {
        return some.get(some.size() - 1);
    }

    /** What is none any more may be of an earlier round, whose rows are gone: so it is taken in the transaction that applies it. */
    private int acceptDead(Event letter) throws SQLException {
        if (letter.body().isEmpty()) {
            // Only a newer event of its key helps.
            return 0;
        }
        try {
            apply(Collections.singletonList(letter), connection -> dead.remove(connection, letter));
            return 1;
        } catch (SQLException e) {
            if (!Faults.isOfRow(e) && !suspects.mayBeOfRow(e)) {
                throw e;
            }
            dead.failedAgain(letter, e);
            return 0;
        }
    }

    /** Whether events are still to be applied; asked in the transaction, under the lock of the lowest version. */
    private interface Condition {
        boolean holds(Connection connection) throws SQLException;
    }

    /** Events of one transaction; where databases end a circle of waiting transactions, the one they end comes again. */
    private void apply(List<Event> events, Condition condition) throws SQLException {
        SortedMap<String, Map<Long, Image>> byKey = new TreeMap<>();
        for (Event event : events) {
            byKey.computeIfAbsent(event.key(), key -> new HashMap<>()).put(event.version(), checked(event.image()));
        }
        for (int tries = 1; !applied(byKey, condition, tries == MOST_TRIES); tries++) {
            LOG.debug("gray: {} keys wait for another transaction", byKey.size());
        }
    }

    private boolean applied(SortedMap<String, Map<Long, Image>> byKey, Condition condition, boolean last)
            throws SQLException {
        try {
            int fresh = Sql.own(store.source(), connection -> apply(connection, byKey, condition));
            counts.applied.add(fresh);
            counts.stale.add(byKey.size() - fresh);
            return true;
        } catch (SQLException e) {
            if (last || !Faults.isOfOrder(e)) {
                throw e;
            }
            return false;
        }
    }

    /** Says for how many keys the events were not stale. */
    private int apply(Connection connection, SortedMap<String, Map<Long, Image>> byKey, Condition condition)
            throws SQLException {
        long least = state.minVersion(connection, store.dialect(connection));
        SortedMap<String, Map<Long, Image>> inTime = inTime(byKey, least);
        if (!condition.holds(connection) || inTime.isEmpty()) {
            return 0;
        }
        Map<String, Meta> known = meta.lock(connection, store.dialect(connection), new TreeSet<>(inTime.keySet()));
        Collection<Change> all = inTime.entrySet().stream()
                .map(key -> change(key.getKey(), known.getOrDefault(key.getKey(), Meta.NONE), key.getValue()))
                .collect(Collectors.toList());
        List<Change> fresh = all.stream().filter(change -> !change.isStale()).collect(Collectors.toList());
        rows.write(connection, fresh);
        meta.update(connection, fresh);
        return fresh.size();
    }

    /**
     * Without events of an earlier round or epoch, which come too late; a copied row, which has no version, never does. Their keys
     * are not even placed: the copy would take them for reached.
     */
    private static SortedMap<String, Map<Long, Image>> inTime(SortedMap<String, Map<Long, Image>> byKey, long least) {
        SortedMap<String, Map<Long, Image>> inTime = new TreeMap<>();
        byKey.forEach((key, events) -> {
            Map<Long, Image> some = new HashMap<>(events);
            some.keySet().removeIf(version -> version < least && version != Version.COPIED);
            if (!some.isEmpty()) {
                inTime.put(key, some);
            }
        });
        return inTime;
    }

    private static Change change(String key, Meta before, Map<Long, Image> events) {
        Change change = Change.none(key, before);
        for (Map.Entry<Long, Image> event : events.entrySet()) {
            change = change.with(event.getKey(), event.getValue());
        }
        return change;
    }

    /** An event of a version of the service that declares other columns must not lose them silently. */
    private Image checked(Image image) throws SQLDataException {
        boolean sharedFit = image.isDeleted() || image.shared().keySet().equals(shared);
        boolean onlyNewFit = image.onlyNew().isEmpty()
                || image.onlyNew().keySet().equals(table.onlyNew().keySet());
        if (!sharedFit || !onlyNewFit) {
            throw new SQLDataException(
                    "event: found columns " + image.shared().keySet() + " and "
                            + image.onlyNew().keySet()
                            + ", expected " + table.shared() + " and none or all of "
                            + table.onlyNew().keySet(),
                    "22000");
        }
        return image;
    }

    DeadLetters dead() {
        return dead;
    }
}
