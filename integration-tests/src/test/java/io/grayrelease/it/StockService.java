package io.grayrelease.it;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import org.apache.dubbo.rpc.RpcContext;

/** Answers with what it saw, or fails as the item says. */
final class StockService implements Stock {
    /** How many slow calls any stock of this JVM still lets time out, for failover. */
    static final AtomicInteger FAILURES = new AtomicInteger();

    private final String name;

    StockService(String name) {
        this.name = name;
    }

    @Override
    public List<String> stock(String item) {
        if (item.equals("slow") && FAILURES.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
            outlastTheCaller();
        }
        if (item.startsWith("attachment:")) {
            String key = item.substring(item.indexOf(':') + 1);
            return List.of(Hop.seen(name) + " " + key + "="
                    + RpcContext.getServerAttachment().getAttachment(key));
        }
        if (item.equals("broken")) {
            throw new IllegalStateException("on purpose");
        }
        return List.of(Hop.seen(name));
    }

    /** Answers only after the caller has given up and tried another provider. */
    private static void outlastTheCaller() {
        try {
            new CountDownLatch(1).await(App.TIMEOUT_MILLIS + 2_000, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public CompletableFuture<List<String>> stockAsync(String item) {
        List<String> seen = stock(item);
        return CompletableFuture.supplyAsync(() -> seen);
    }
}
