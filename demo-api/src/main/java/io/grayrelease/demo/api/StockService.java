package io.grayrelease.demo.api;

/** Keeps the stock. */
public interface StockService {
    /** Reserves an item; answers with who did it. */
    Hop reserve(String item);
}
