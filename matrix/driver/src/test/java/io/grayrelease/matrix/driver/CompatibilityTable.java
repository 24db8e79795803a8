package io.grayrelease.matrix.driver;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

import io.grayrelease.matrix.app.Way;

/** The table of {@code docs/compatibility.md}: rows ways, columns chains; written between two marks of that file. */
final class CompatibilityTable {
    private final Map<Way, Map<String, List<Cell>>> cells = new LinkedHashMap<>();
    private final Set<String> columns = new LinkedHashSet<>();

    void add(Row row, Column column, Cell cell) {
        columns.add(column.name());
        cells.computeIfAbsent(row.way(), way -> new LinkedHashMap<>())
                .computeIfAbsent(column.name(), name -> new ArrayList<>())
                .add(cell);
    }

    void writeInto(Path file) throws IOException {
        Marked.replace(file, "MatrixTest", markdown());
    }

    private String markdown() {
        StringBuilder table = new StringBuilder();
        line(table, "call", List.copyOf(columns));
        line(table, "---", columns.stream().map(column -> "---").toList());
        for (Way way : Way.values()) {
            line(
                    table,
                    way.label(),
                    columns.stream().map(column -> cell(way, column)).toList());
        }
        return table.toString();
    }

    /** Both protocols in one cell: once where they agree. */
    private String cell(Way way, String column) {
        List<Cell> ofProtocols =
                Objects.requireNonNullElse(cells.getOrDefault(way, Map.of()).get(column), List.of());
        return ofProtocols.stream().map(Cell::toString).distinct().collect(Collectors.joining(" / "));
    }

    private static void line(StringBuilder table, String head, List<String> cells) {
        table.append("| ")
                .append(head)
                .append(" | ")
                .append(String.join(" | ", cells))
                .append(" |\n");
    }
}
