package io.grayrelease.demo.data.traffic;

import java.util.List;
import java.util.stream.IntStream;

import io.grayrelease.demo.data.api.OrderBook;

/** Calls from several threads, until it is ended. */
final class Traffic {
    private static final int CUSTOMERS = 4;

    private final OrderBook book;
    private final Oracle oracle;
    private final Tally tally;
    private final int callsPerSecond;
    private volatile boolean goesOn = true;
    private List<Thread> threads = List.of();

    Traffic(OrderBook book, Oracle oracle, Tally tally, int callsPerSecond) {
        this.book = book;
        this.oracle = oracle;
        this.tally = tally;
        this.callsPerSecond = callsPerSecond;
    }

    void start() {
        threads = IntStream.range(0, CUSTOMERS)
                .mapToObj(remainder -> new Thread(new Customer(remainder, this), "customer-" + remainder))
                .toList();
        threads.forEach(Thread::start);
    }

    /** Returns when the last call was answered. */
    void end() throws InterruptedException {
        goesOn = false;
        for (Thread thread : threads) {
            thread.join();
        }
    }

    int customers() {
        return CUSTOMERS;
    }

    OrderBook book() {
        return book;
    }

    Oracle oracle() {
        return oracle;
    }

    Tally tally() {
        return tally;
    }

    int callsPerSecond() {
        return callsPerSecond;
    }

    boolean goesOn() {
        return goesOn;
    }
}
