package io.grayrelease.data;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;

/** Whether the new table may be filled: what is in it before the first round is somebody's, or the stores were confused. */
final class NewTable {
    private final Store ofNew;
    private final StateTable states;

    NewTable(String migration, Store ofNew) {
        this.ofNew = ofNew;
        this.states = new StateTable(migration);
    }

    /** Adds a reason if there are rows that no round of this migration has written. */
    void foreignRows(List<String> reasons) throws SQLException {
        boolean foreign = Sql.own(ofNew.source(), connection -> {
            boolean first = states.minVersion(connection, ofNew.dialect(connection)) == 0;
            String sql = "SELECT 1 FROM " + ofNew.table() + " LIMIT 1";
            try (PreparedStatement statement = connection.prepareStatement(sql)) {
                return first && statement.executeQuery().next();
            }
        });
        if (foreign) {
            reasons.add(ofNew.table() + " of the new store: found rows before the first round, expected none;"
                    + " if nobody needs them, delete them");
        }
    }
}
