package io.grayrelease.demo.data.traffic;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.LockSupport;

import org.jspecify.annotations.Nullable;

import io.grayrelease.demo.data.api.Order;

/**
 * Compares every row of a database with the oracle, by plain SQL and while the traffic goes on: what differs is looked at again while
 * nobody writes it, for a while, since the other store is a moment behind.
 */
final class StoreCheck {
    private static final int FETCH = 2_000;
    private static final long PATIENCE_SECONDS = 20;
    private static final int EXAMPLES = 3;

    private final Oracle oracle;
    private final String url;
    private final boolean hasExtras;
    private final List<String> examples = new ArrayList<>();
    private long rows;
    private long lost;
    private long resurrected;
    private long different;

    /** Of the database of a JDBC URL; the old one has no extras. */
    StoreCheck(Oracle oracle, String url, boolean hasExtras) {
        this.oracle = oracle;
        this.url = url;
        this.hasExtras = hasExtras;
    }

    /** The result as lines {@code key=value}. */
    List<String> run() throws SQLException {
        try (Connection connection = DriverManager.getConnection(url)) {
            Set<Long> suspects = suspects(connection);
            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
            for (long number : suspects) {
                lookAgain(connection, number, end);
            }
        }
        List<String> lines = new ArrayList<>(
                List.of("rows=" + rows, "lost=" + lost, "resurrected=" + resurrected, "different=" + different));
        examples.forEach(example -> lines.add("example=" + example));
        return lines;
    }

    private String select() {
        return "SELECT id, customer, amount, remark" + (hasExtras ? ", channel, coupon" : "") + " FROM orders";
    }

    private Set<Long> suspects(Connection connection) throws SQLException {
        Set<Long> suspects = new TreeSet<>();
        BitSet seen = new BitSet();
        connection.setAutoCommit(false); // only then it comes in pieces
        try (PreparedStatement all = connection.prepareStatement(select())) {
            all.setFetchSize(FETCH);
            ResultSet result = all.executeQuery();
            while (result.next()) {
                rows++;
                Order order = order(result);
                seen.set((int) order.number());
                if (!isPossible(order.number(), Optional.of(order))) {
                    suspects.add(order.number());
                }
            }
        }
        connection.setAutoCommit(true);
        for (long number = 1; number <= oracle.highest(); number++) {
            if (!seen.get((int) number) && !isPossible(number, Optional.empty())) {
                suspects.add(number);
            }
        }
        return suspects;
    }

    private Order order(ResultSet row) throws SQLException {
        return new Order(
                row.getLong("id"),
                row.getString("customer"),
                row.getBigDecimal("amount"),
                row.getString("remark"),
                extra(row, "channel"),
                extra(row, "coupon"));
    }

    private @Nullable String extra(ResultSet row, String column) throws SQLException {
        return hasExtras ? row.getString(column) : null;
    }

    private boolean isPossible(long number, Optional<Order> found) {
        return oracle.possible(number).stream()
                .map(order -> hasExtras ? order : order.map(Order::withoutExtras))
                .anyMatch(found::equals);
    }

    private void lookAgain(Connection connection, long number, long end) throws SQLException {
        Lock lock = oracle.lock(number);
        for (boolean last = false; ; last = System.nanoTime() - end > 0) {
            lock.lock();
            try {
                Optional<Order> found = find(connection, number);
                if (isPossible(number, found)) {
                    return;
                }
                if (last) {
                    count(number, found);
                    return;
                }
            } finally {
                lock.unlock();
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
        }
    }

    private Optional<Order> find(Connection connection, long number) throws SQLException {
        try (PreparedStatement one = connection.prepareStatement(select() + " WHERE id = ?")) {
            one.setLong(1, number);
            ResultSet result = one.executeQuery();
            return result.next() ? Optional.of(order(result)) : Optional.empty();
        }
    }

    private void count(long number, Optional<Order> found) {
        if (found.isEmpty()) {
            lost++;
        } else if (oracle.possible(number).equals(Set.of(Optional.empty()))) {
            resurrected++;
        } else {
            different++;
        }
        if (examples.size() < EXAMPLES) {
            examples.add("order " + number + ": found "
                    + found.map(Order::toString).orElse("none") + ", expected one of " + oracle.possible(number));
        }
    }
}
