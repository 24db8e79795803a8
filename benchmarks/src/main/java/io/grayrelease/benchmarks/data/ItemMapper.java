package io.grayrelease.benchmarks.data;

import java.math.BigDecimal;

import io.grayrelease.data.Row;
import io.grayrelease.data.RowMapper;
import io.grayrelease.data.Table;

/** Items, as either version of a service writes them. */
record ItemMapper(boolean knowsNew) implements RowMapper<Long, Item> {
    private static final Table TABLE = Table.named("items")
            .namedInNew("items_v2")
            .key("id")
            .shared("revision", "customer", "amount", "note")
            .onlyNew("channel", "web")
            .onlyNew("new_revision", 0)
            .build();

    @Override
    public Table table() {
        return TABLE;
    }

    @Override
    public Row key(Long id) {
        return Row.of("id", id);
    }

    @Override
    public Row row(Item item) {
        Row shared = Row.of("id", item.id())
                .and("revision", item.revision())
                .and("customer", item.customer())
                .and("amount", item.amount())
                .and("note", item.note());
        return knowsNew ? shared.and("channel", item.channel()).and("new_revision", item.newRevision()) : shared;
    }

    @Override
    public Item record(Row row) {
        BigDecimal amount = row.decimal("amount");
        return new Item(
                row.number("id"),
                row.number("revision"),
                String.valueOf(row.string("customer")),
                amount == null ? BigDecimal.ZERO : amount,
                String.valueOf(row.string("note")),
                String.valueOf(row.string("channel")),
                row.number("new_revision"));
    }
}
