package io.grayrelease.demo.data;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.stream.Stream;

import io.grayrelease.demo.DemoException;

/**
 * The phase as the databases have it; the policy only says which one is wanted.
 *
 * @param epoch rises with every switch of the primary store
 */
record Fact(long epoch, String phase, String standing) {
    private static final String SELECT = "SELECT epoch, phase, standing FROM gray_state WHERE migration = 'orders'";

    /** The fact: of the store with the higher epoch, of equal ones that which has not handed over. */
    static Fact read(Databases databases) {
        return Stream.of(databases.oldUrl(), databases.newUrl())
                .flatMap(Fact::of)
                .max(Comparator.comparingLong(Fact::epoch)
                        .thenComparing(fact -> !fact.standing().equals("CLOSED")))
                .orElse(new Fact(0, "none", "none"));
    }

    private static Stream<Fact> of(String url) {
        try (Connection connection = DriverManager.getConnection(url);
                PreparedStatement select = connection.prepareStatement(SELECT)) {
            ResultSet row = select.executeQuery();
            return row.next()
                    ? Stream.of(new Fact(row.getLong(1), row.getString(2), row.getString(3)))
                    : Stream.empty();
        } catch (SQLException e) {
            throw new DemoException("the phase cannot be read: " + e.getMessage(), e);
        }
    }

    @Override
    public String toString() {
        return phase + ", epoch " + epoch + ", " + standing;
    }

    boolean is(String wanted) {
        return phase.equals(wanted) && standing.equals("OPEN");
    }
}
