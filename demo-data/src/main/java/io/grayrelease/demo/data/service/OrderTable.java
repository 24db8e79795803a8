package io.grayrelease.demo.data.service;

import io.grayrelease.data.Table;

/** The table of orders in both stores; the same text in both versions of the service. */
final class OrderTable {
    static final Table TABLE = Table.named("orders")
            .key("id")
            .shared("customer", "amount", "remark")
            .onlyNew("channel", "web")
            .onlyNew("coupon", null)
            .build();

    private OrderTable() {}
}
