package io.grayrelease.data;

/** The orders of the tests, as either version of the service writes them. */
final class OrderMapper implements RowMapper<Long, Order> {
    static final OrderMapper OLD = new OrderMapper(false);
    static final OrderMapper NEW = new OrderMapper(true);
    static final Table TABLE = Table.named("orders")
            .namedInNew("orders_v2")
            .key("id")
            .shared("customer", "amount")
            .onlyNew("channel", "web")
            .onlyNew("priority", null)
            .build();

    private final boolean knowsNew;

    private OrderMapper(boolean knowsNew) {
        this.knowsNew = knowsNew;
    }

    @Override
    public Table table() {
        return TABLE;
    }

    @Override
    public Row key(Long id) {
        return Row.of("id", id);
    }

    @Override
    public Row row(Order order) {
        Row shared = Row.of("id", order.id()).and("customer", order.customer()).and("amount", order.amount());
        return knowsNew ? shared.and("channel", order.channel()).and("priority", order.priority()) : shared;
    }

    @Override
    public Order record(Row row) {
        return new Order(
                row.number("id"),
                row.string("customer"),
                row.decimal("amount"),
                row.string("channel"),
                row.isNull("priority") ? null : row.number("priority"));
    }
}
