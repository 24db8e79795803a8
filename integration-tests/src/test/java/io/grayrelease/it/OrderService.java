package io.grayrelease.it;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;

import io.grayrelease.dubbo.context.GrayContext;

/** Calls the stock in the way that the caller asks for; it knows nothing of gray releases, but for {@code wrapped}. */
final class OrderService implements Order {
    private static final ExecutorService OWN_THREADS = Executors.newFixedThreadPool(2, task -> {
        Thread thread = new Thread(task, "own-thread");
        thread.setDaemon(true);
        return thread;
    });

    private final String name;
    private final Stock stock;

    OrderService(String name, Stock stock) {
        this.name = name;
        this.stock = stock;
    }

    @Override
    public List<String> order(String how) {
        List<String> hops = new ArrayList<>(List.of(Hop.seen(name)));
        switch (how) {
            case "once" -> hops.addAll(stock.stock("x"));
            case "thrice" -> {
                for (int i = 0; i < 3; i++) {
                    hops.addAll(stock.stock("x"));
                }
            }
            case "async" -> hops.addAll(stock.stockAsync("x").join());
            case "wrapped" -> {
                Supplier<List<String>> task = () -> stock.stock("x");
                hops.addAll(CompletableFuture.supplyAsync(GrayContext.wrap(task), OWN_THREADS)
                        .join());
            }
            case "fail" -> throw new IllegalStateException("asked to fail");
            default -> hops.addAll(stock.stock(how));
        }
        hops.add(Hop.seen(name));
        return hops;
    }

    /** The second call is made by the callback of the first one, on whichever thread that runs. */
    @Override
    public CompletableFuture<List<String>> orderAsync(String how) {
        List<String> hops = new ArrayList<>(List.of(Hop.seen(name)));
        return stock.stockAsync("x").thenCompose(first -> {
            hops.addAll(first);
            return stock.stockAsync("y").thenApply(second -> {
                hops.addAll(second);
                return hops;
            });
        });
    }
}
