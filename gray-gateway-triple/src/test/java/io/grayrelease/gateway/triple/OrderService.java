package io.grayrelease.gateway.triple;

import java.util.function.Supplier;

/** Calls the stock twice; knows nothing of gray releases. */
public final class OrderService implements Order {
    private final Supplier<Stock> stock;

    OrderService(Supplier<Stock> stock) {
        this.stock = stock;
    }

    @Override
    public String order(String item) {
        return stock.get().version(item) + ", " + stock.get().version(item);
    }
}
