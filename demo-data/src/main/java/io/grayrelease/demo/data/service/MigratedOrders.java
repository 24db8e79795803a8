package io.grayrelease.demo.data.service;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.grayrelease.data.Migration;
import io.grayrelease.data.Tx;
import io.grayrelease.demo.api.Hop;
import io.grayrelease.demo.api.StockService;
import io.grayrelease.demo.data.api.Order;
import io.grayrelease.demo.data.api.OrderBook;
import io.grayrelease.demo.data.api.Receipt;
import io.grayrelease.demo.provider.Witness;

/** The order service: it reads and writes through the migration, and knows neither phases nor stores. Thread-safe. */
final class MigratedOrders implements OrderBook {
    private static final Logger LOG = LoggerFactory.getLogger(MigratedOrders.class);

    private final Witness witness;
    private final Migration<Long, Order> orders;
    private final StockService stock;

    MigratedOrders(Witness witness, Migration<Long, Order> orders, StockService stock) {
        this.witness = witness;
        this.orders = orders;
        this.stock = stock;
    }

    /** What a call writes, and whether there was an order with the number. */
    private interface Write {
        boolean in(Tx<Long, Order> tx) throws SQLException;
    }

    @Override
    public Receipt place(Order order) {
        Hop reserved = stock.reserve(order.remark()); // before the write, whose transaction may run twice
        return written(
                tx -> {
                    tx.insert(order);
                    return true;
                },
                reserved);
    }

    @Override
    public Receipt change(Order order) {
        return written(tx -> tx.update(order));
    }

    @Override
    public Receipt cancel(long number) {
        return written(tx -> tx.delete(number));
    }

    private Receipt written(Write write, Hop... others) {
        AtomicBoolean found = new AtomicBoolean();
        try {
            orders.write(tx -> found.set(write.in(tx)));
        } catch (SQLException e) {
            throw failed("not written", e);
        }
        return new Receipt(path(others), found.get(), null);
    }

    @Override
    public Receipt find(long number) {
        try {
            Optional<Order> found = orders.read(number);
            return new Receipt(path(), found.isPresent(), found.orElse(null));
        } catch (SQLException e) {
            throw failed("not read", e);
        }
    }

    private List<Hop> path(Hop... others) {
        List<Hop> path = new ArrayList<>();
        path.add(witness.hop());
        path.addAll(List.of(others));
        return path;
    }

    /** The caller knows nothing of our databases, nor has their classes. */
    private static IllegalStateException failed(String what, SQLException cause) {
        LOG.warn("{}", what, cause);
        return new IllegalStateException(what + ": " + cause.getMessage());
    }
}
