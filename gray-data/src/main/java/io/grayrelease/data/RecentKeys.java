package io.grayrelease.data;

import java.sql.SQLDataException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/** The keys that events last had, up to a thousand, with their columns. Thread-safe. */
final class RecentKeys {
    private static final int MOST = 1_000;

    private final Map<String, Event> events = new LinkedHashMap<String, Event>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Event> eldest) {
            return size() > MOST;
        }
    };

    synchronized void add(List<Event> some) {
        for (Event event : some) {
            events.remove(event.key());
            events.put(event.key(), event);
        }
    }

    /** The keys' columns, and others of the row. */
    List<Map<String, @Nullable String>> rows() throws SQLDataException {
        List<Event> now;
        synchronized (this) {
            now = new ArrayList<>(events.values());
        }
        List<Map<String, @Nullable String>> rows = new ArrayList<>(now.size());
        for (Event event : now) {
            rows.add(event.image().shared());
        }
        return rows;
    }
}
