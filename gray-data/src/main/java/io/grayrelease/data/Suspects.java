package io.grayrelease.data;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.sql.DataSource;

/**
 * What fails again and again while its store answers, whatever the database calls it: then it lies with a row. A store that is
 * away makes no suspects. Thread-safe.
 */
final class Suspects {
    private static final int FAILURES = 3;
    private static final int MOST = 1_000;

    private final DataSource store;
    private final Map<String, Integer> failures = new ConcurrentHashMap<>();

    Suspects(DataSource store) {
        this.store = store;
    }

    /** Tells of a failure to apply events, and says whether it lies with them. */
    boolean fail(List<Event> events, SQLException failure) {
        return fail(name(events), failure);
    }

    /** Tells of a failure to keep an event as a dead letter, and says whether that lies with it. */
    boolean failToKeep(Event event, SQLException failure) {
        return fail("letter of " + event, failure);
    }

    private boolean fail(String name, SQLException failure) {
        if (!mayBeOfRow(failure)) {
            return false;
        }
        if (failures.size() >= MOST) {
            failures.clear();
        }
        return failures.merge(name, 1, Integer::sum) >= FAILURES;
    }

    /** Tells that events are done with. */
    void clear(List<Event> events) {
        failures.remove(name(events));
    }

    /** Whether the store answers, and the failure is none of those that are certainly the store's. */
    boolean mayBeOfRow(SQLException failure) {
        return !Faults.isOfStore(failure) && answers();
    }

    private boolean answers() {
        try (Connection connection = store.getConnection();
                Statement statement = connection.createStatement()) {
            return statement.execute("SELECT 1");
        } catch (SQLException e) {
            return false;
        }
    }

    /** A batch is known by its first event, for it gets smaller when it fails. */
    private static String name(List<Event> events) {
        return (events.size() == 1 ? "" : "from ") + events.get(0);
    }
}
