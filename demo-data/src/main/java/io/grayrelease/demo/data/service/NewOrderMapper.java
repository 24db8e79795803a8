package io.grayrelease.demo.data.service;

import io.grayrelease.data.Row;
import io.grayrelease.data.RowMapper;
import io.grayrelease.data.Table;
import io.grayrelease.demo.data.api.Order;

/** The orders of version 2.0.0: as those of 1.0.0, with channel and coupon. */
final class NewOrderMapper implements RowMapper<Long, Order> {
    private final OldOrderMapper shared = new OldOrderMapper();

    @Override
    public Table table() {
        return OrderTable.TABLE;
    }

    @Override
    public Row key(Long number) {
        return shared.key(number);
    }

    @Override
    public Row row(Order order) {
        return shared.row(order).and("channel", order.channel()).and("coupon", order.coupon());
    }

    @Override
    public Order record(Row row) {
        return shared.record(row).with(row.string("channel"), row.string("coupon"));
    }
}
