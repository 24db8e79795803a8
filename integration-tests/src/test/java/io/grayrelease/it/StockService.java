package io.grayrelease.it;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

import org.apache.dubbo.rpc.RpcException;

/** Answers with what it saw, or fails as the item says. */
final class StockService implements Stock {
    /** How many calls any stock of this JVM still fails with a network error, for failover. */
    static final AtomicInteger FAILURES = new AtomicInteger();

    private final String name;

    StockService(String name) {
        this.name = name;
    }

    @Override
    public List<String> stock(String item) {
        if (item.equals("flaky") && FAILURES.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
            throw new RpcException(RpcException.NETWORK_EXCEPTION, "on purpose, by " + Hop.seen(name));
        }
        if (item.equals("broken")) {
            throw new IllegalStateException("on purpose");
        }
        return List.of(Hop.seen(name));
    }

    @Override
    public CompletableFuture<List<String>> stockAsync(String item) {
        List<String> seen = stock(item);
        return CompletableFuture.supplyAsync(() -> seen);
    }
}
