package io.grayrelease.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

import com.github.freva.asciitable.AsciiTable;
import com.github.freva.asciitable.Column;
import com.github.freva.asciitable.HorizontalAlign;

/** Rows below each other, without lines between them. */
public final class Table {
    private static final int WIDEST = 1_000;
    /** What would break a row into two. */
    private static final Pattern CONTROL = Pattern.compile("[\\p{Cntrl}\\u0085\\u2028\\u2029]");

    private final Column[] columns;
    private final List<Object[]> rows = new ArrayList<>();

    private Table(Column[] columns) {
        this.columns = columns;
    }

    public static Table of(String... headers) {
        Column[] columns = new Column[headers.length];
        for (int i = 0; i < headers.length; i++) {
            columns[i] = new Column()
                    .header(headers[i])
                    .headerAlign(HorizontalAlign.LEFT)
                    .dataAlign(HorizontalAlign.LEFT)
                    .maxWidth(WIDEST);
        }
        return new Table(columns);
    }

    /** Adds a row; what is null stays empty. */
    public void row(@Nullable Object... cells) {
        Object[] row = new Object[cells.length];
        for (int i = 0; i < cells.length; i++) {
            Object cell = cells[i];
            row[i] = cell == null ? "" : CONTROL.matcher(cell.toString()).replaceAll("?");
        }
        rows.add(row);
    }

    public void print(Console console) {
        String table = AsciiTable.getTable(AsciiTable.NO_BORDERS, columns, rows.toArray(new Object[0][]));
        boolean header = true;
        for (String line :
                table.lines().map(line -> line.substring(1).stripTrailing()).toList()) { // each has a margin
            console.line(header ? console.bold(line) : line);
            header = false;
        }
    }
}
