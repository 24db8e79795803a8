package io.grayrelease.data;

/** Rows of any table, which tests write and read as they are; those that are read by one column, id. */
record RowsAsTheyAre(Table table) implements RowMapper<String, Row> {
    @Override
    public Row key(String key) {
        return Row.of("id", key);
    }

    @Override
    public Row row(Row row) {
        return row;
    }

    @Override
    public Row record(Row row) {
        return row;
    }
}
