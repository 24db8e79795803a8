package io.grayrelease.demo.data.api;

/** Keeps orders. What it answers is committed; whoever gets an exception cannot know. */
public interface OrderBook {
    /** Takes an order with a number that no other has. */
    Receipt place(Order order);

    /** Writes an order over the one with its number. */
    Receipt change(Order order);

    /** Strikes an order off. */
    Receipt cancel(long number);

    /** Looks an order up. */
    Receipt find(long number);
}
