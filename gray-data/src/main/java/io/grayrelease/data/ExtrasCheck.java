package io.grayrelease.data;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** Asks the service of each row of the new store whether it is as it must be; a row is read as one write left it. */
final class ExtrasCheck {
    private final Store ofNew;
    private final Table table;
    private final KeyOrder order;
    private final Predicate<Row> holds;

    ExtrasCheck(Store ofNew, Table table, Predicate<Row> holds) {
        this.ofNew = ofNew;
        this.table = table;
        this.order = new KeyOrder(ofNew, table);
        this.holds = holds;
    }

    /** The rows of which it does not hold. */
    List<Difference> refused(KeyRange range) throws SQLException {
        return Sql.own(ofNew.source(), connection -> refused(connection, range));
    }

    private List<Difference> refused(Connection connection, KeyRange range) throws SQLException {
        List<Difference> refused = new ArrayList<>();
        String sql = "SELECT " + Sql.list(ofNew.columns()) + " FROM " + ofNew.table() + " WHERE "
                + order.within(ofNew.dialect(connection), range);
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            order.bind(statement, 1, range);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    if (!holds.test(Row.of(ofNew.values(rows)))) {
                        String key = KeyText.of(table.key(), ofNew.texts(rows, table.key()));
                        refused.add(new Difference(
                                key,
                                Difference.Kind.EXTRAS,
                                new ArrayList<>(table.onlyNew().keySet())));
                    }
                }
            }
        }
        return refused;
    }
}
