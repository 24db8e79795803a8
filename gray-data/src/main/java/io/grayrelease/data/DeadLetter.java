package io.grayrelease.data;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** An event that a row's fault keeps out of a store, as people look at it: without what is in the row. Immutable. */
public final class DeadLetter {
    private static final String SELECT =
            "SELECT row_key, reason FROM gray_dead WHERE migration = ? ORDER BY version, row_key LIMIT ?";

    /** As long as the column of gray_dead. */
    private static final int LONGEST = 500;

    /** What was kept: the state, and the database's words. */
    private static final Pattern REASON = Pattern.compile("([0-9A-Z]{5}): (.*)", Pattern.DOTALL);

    /**
     * What databases quote: first the names of columns, keys and the like, which follow their kind and are kept; then values. MariaDB
     * does not escape quotes in these, and what is kept may end in one.
     */
    private static final Pattern QUOTED = Pattern.compile(
            "((?i:column|key|field|table|constraint|index) '[^']*')"
                    + "|(?<=Duplicate entry )'.*?(?:'(?= for key )|\\z)"
                    + "|(?<=value: )'.*?(?:'(?= for column )|\\z)"
                    + "|'[^']*'"
                    + "|(?<=: )\".*(?:\"|\\z)",
            Pattern.DOTALL);

    private final String key;
    private final String sqlState;
    private final String reason;

    private DeadLetter(String key, String sqlState, String reason) {
        this.key = key;
        this.sqlState = sqlState;
        this.reason = reason;
    }

    /** What is kept of a fault: what the database said of the row, and not of the statement that it was in. */
    static String reason(SQLException fault) {
        SQLException root = StoreFault.root(fault);
        return shortened((root.getSQLState() == null ? "HY000" : root.getSQLState()) + ": " + root.getMessage());
    }

    /** As much of a reason as can be kept. */
    static String shortened(String reason) {
        return reason.substring(0, Math.min(LONGEST, reason.length()));
    }

    static DeadLetter of(String key, String kept) {
        Matcher matcher = REASON.matcher(kept);
        boolean known = matcher.matches();
        return new DeadLetter(key, known ? matcher.group(1) : "", withoutValues(known ? matcher.group(2) : kept));
    }

    /** Some databases add values of the row in further lines, others in quotes. */
    private static String withoutValues(String words) {
        Matcher quoted = QUOTED.matcher(words);
        StringBuffer text = new StringBuffer();
        while (quoted.find()) {
            quoted.appendReplacement(text, quoted.group(1) == null ? "..." : "$1");
        }
        return quoted.appendTail(text).toString().split("\\R", 2)[0];
    }

    /** The first ones, by version. */
    static List<DeadLetter> first(Connection connection, String migration, int most) throws SQLException {
        List<DeadLetter> letters = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(SELECT)) {
            statement.setString(1, migration);
            statement.setInt(2, most);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    letters.add(of(rows.getString(1), rows.getString(2)));
                }
            }
        }
        return letters;
    }

    /** The row's key, as a comparison names it. */
    public String key() {
        return key;
    }

    /** The SQLSTATE of the store that refuses the row; empty if it is not known. */
    public String sqlState() {
        return sqlState;
    }

    /** The words of that store in one line, with dots for values. */
    public String reason() {
        return reason;
    }

    @Override
    public String toString() {
        return key + ": " + sqlState + " " + reason;
    }
}
