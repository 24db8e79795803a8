package io.grayrelease.demo.provider;

import io.grayrelease.demo.api.Hop;
import io.grayrelease.demo.api.StockService;

/** The stock service. */
final class Stock implements StockService {
    private final Witness witness;

    Stock(Witness witness) {
        this.witness = witness;
    }

    @Override
    public Hop reserve(String item) {
        return witness.hop();
    }
}
