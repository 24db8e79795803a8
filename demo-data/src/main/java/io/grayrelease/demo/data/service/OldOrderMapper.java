package io.grayrelease.demo.data.service;

import java.util.Objects;

import io.grayrelease.data.Row;
import io.grayrelease.data.RowMapper;
import io.grayrelease.data.Table;
import io.grayrelease.demo.data.api.Order;

/** The orders of version 1.0.0, which knows neither channel nor coupon. */
final class OldOrderMapper implements RowMapper<Long, Order> {
    @Override
    public Table table() {
        return OrderTable.TABLE;
    }

    @Override
    public Row key(Long number) {
        return Row.of("id", number);
    }

    @Override
    public Row row(Order order) {
        return Row.of("id", order.number())
                .and("customer", order.customer())
                .and("amount", order.amount())
                .and("remark", order.remark());
    }

    @Override
    public Order record(Row row) {
        return new Order(
                row.number("id"),
                Objects.requireNonNull(row.string("customer")),
                Objects.requireNonNull(row.decimal("amount")),
                Objects.requireNonNull(row.string("remark")),
                null,
                null);
    }
}
