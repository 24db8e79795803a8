package io.grayrelease.demo.provider;

import java.util.List;

import io.grayrelease.demo.api.Hop;
import io.grayrelease.demo.api.OrderService;
import io.grayrelease.demo.api.StockService;

/** The order service: it calls the stock, and knows nothing of gray releases. */
final class Orders implements OrderService {
    private final Witness witness;
    private final StockService stock;

    Orders(Witness witness, StockService stock) {
        this.witness = witness;
        this.stock = stock;
    }

    @Override
    public List<Hop> order(String item) {
        return List.of(witness.hop(), stock.reserve(item));
    }
}
