package io.grayrelease.cli.data;

import io.grayrelease.data.Row;
import io.grayrelease.data.RowMapper;
import io.grayrelease.data.Table;

/** An order of the tests, as the new version of a service writes it. */
public record Order(long id, String customer, String channel) {
    static final RowMapper<Long, Order> MAPPER = new RowMapper<>() {
        private final Table table = Table.named("orders")
                .namedInNew("orders_v2")
                .key("id")
                .shared("customer")
                .onlyNew("channel", "web")
                .build();

        @Override
        public Table table() {
            return table;
        }

        @Override
        public Row key(Long id) {
            return Row.of("id", id);
        }

        @Override
        public Row row(Order order) {
            return Row.of("id", order.id()).and("customer", order.customer()).and("channel", order.channel());
        }

        @Override
        public Order record(Row row) {
            return new Order(row.number("id"), row.string("customer"), row.string("channel"));
        }
    };
}
