package io.grayrelease.data;

import java.math.BigDecimal;
import java.sql.SQLException;

import org.jspecify.annotations.Nullable;

/** Values of one column as PostgreSQL reads an array: a chunk is one parameter a column, however many rows it has. */
final class ArrayLiteral {
    private static final String HEX = "0123456789abcdef";

    private final ColumnKind kind;
    private final String column;
    private final StringBuilder text = new StringBuilder("{");

    ArrayLiteral(ColumnKind kind, String column) {
        this.kind = kind;
        this.column = column;
    }

    void add(@Nullable String value) throws SQLException {
        if (text.length() > 1) {
            text.append(',');
        }
        if (value == null) {
            text.append("NULL");
            return;
        }
        Object parsed = kind.value(column, value, Session.POSTGRESQL);
        if (parsed instanceof Long) {
            text.append((long) parsed);
        } else if (parsed instanceof byte[]) {
            bytes((byte[]) parsed);
        } else {
            quoted(parsed instanceof BigDecimal ? ((BigDecimal) parsed).toPlainString() : parsed.toString());
        }
    }

    private void quoted(String value) {
        text.append('"');
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '"' || c == '\\') {
                text.append('\\');
            }
            text.append(c);
        }
        text.append('"');
    }

    private void bytes(byte[] value) {
        text.append("\"\\\\x");
        for (byte b : value) {
            text.append(HEX.charAt(b >> 4 & 15)).append(HEX.charAt(b & 15));
        }
        text.append('"');
    }

    @Override
    public String toString() {
        return text + "}";
    }
}
