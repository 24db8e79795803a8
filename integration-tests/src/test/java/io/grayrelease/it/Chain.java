package io.grayrelease.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.IntStream;

import org.apache.dubbo.config.ReferenceConfig;
import org.apache.dubbo.rpc.RpcContext;
import org.apache.dubbo.rpc.RpcException;
import org.apache.dubbo.rpc.service.GenericService;

import io.grayrelease.policy.model.Snapshot;

import static org.awaitility.Awaitility.await;

/** consumer-app, then {@link Order}, then {@link Stock}, over one ZooKeeper, with a policy in a file. */
final class Chain implements AutoCloseable {
    static final String ORDER = Order.class.getName();
    static final String STOCK = Stock.class.getName();

    private static final Duration SOON = Duration.ofSeconds(30);

    private final String zooKeeper;
    private final Path folder;
    private final String mode;
    private final String protocol;
    private final Map<String, App> apps = new LinkedHashMap<>();
    private Order order;
    private GenericService genericOrder;

    Chain(String zooKeeper, Path folder, String mode, String protocol) {
        this.zooKeeper = zooKeeper;
        this.folder = folder;
        this.mode = mode;
        this.protocol = protocol;
    }

    App app(String name) {
        return new App(name, zooKeeper, folder, mode, protocol);
    }

    /** Starts a stock of a version. */
    Chain stock(String version) {
        return stock("stock-app", version, app -> {});
    }

    Chain stock(String application, String version, Consumer<App> change) {
        App app = app(application);
        if (!version.isEmpty()) {
            app.version(version);
        }
        change.accept(app);
        apps.put(
                "stock " + version,
                app.provides(Stock.class, new StockService("stock " + version)).start());
        return this;
    }

    /** Starts an order of a version, which is a consumer of the stock. */
    Chain order(String version) {
        return order(version, app -> {});
    }

    Chain order(String version, Consumer<App> change) {
        App app = app("order-app");
        if (!version.isEmpty()) {
            app.version(version);
        }
        change.accept(app);
        ReferenceConfig<Stock> stock = app.refers(Stock.class);
        Stock lazy = new Stock() {
            @Override
            public List<String> stock(String item) {
                return stock.get().stock(item);
            }

            @Override
            public CompletableFuture<List<String>> stockAsync(String item) {
                return stock.get().stockAsync(item);
            }
        };
        apps.put(
                "order " + version,
                app.provides(Order.class, new OrderService("order " + version, lazy))
                        .start());
        return this;
    }

    Chain consumer() {
        return consumer(app -> {});
    }

    /** Starts the consumer, which has a version of its own, as services in the middle of other chains have. */
    Chain consumer(Consumer<App> change) {
        App app = app("consumer-app").version("9.9.9");
        change.accept(app);
        ReferenceConfig<Order> reference = app.refers(Order.class);
        reference.setTimeout(5 * App.TIMEOUT_MILLIS); // the order may have to try twice
        ReferenceConfig<GenericService> untyped = app.refers(GenericService.class);
        untyped.setInterface(ORDER);
        untyped.setGeneric("true");
        apps.put("consumer", app.start());
        order = reference.get();
        genericOrder = untyped.get();
        return this;
    }

    /** Takes care of an application that was set up by hand. */
    void add(String name, App app) {
        apps.put(name, app);
    }

    App get(String name) {
        return apps.get(name);
    }

    void stop(String name) {
        apps.remove(name).close();
    }

    /** The same service without its interface, as gateways call it. */
    GenericService genericOrder() {
        return genericOrder;
    }

    Order order() {
        return order;
    }

    /** Publishes a policy of keys (without {@code gray.}) and values, and waits until it is in force everywhere. */
    Chain policy(String... keysAndValues) {
        Snapshot snapshot = write(keysAndValues);
        await().atMost(SOON).until(() -> apps.values().stream()
                .filter(app -> app.gray().enabled())
                .allMatch(app -> snapshot.hash().equals(app.policy())));
        return this;
    }

    /** Writes the policy file in one step, so that nobody reads half of it. */
    Snapshot write(String... keysAndValues) {
        Map<String, String> keys = new LinkedHashMap<>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            keys.put("gray." + keysAndValues[i], keysAndValues[i + 1]);
        }
        try {
            Path temporary = folder.resolve("policy.tmp");
            Files.write(
                    temporary,
                    keys.entrySet().stream()
                            .map(entry -> entry.getKey() + " = " + entry.getValue())
                            .toList());
            Files.move(
                    temporary,
                    folder.resolve("policy.properties"),
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Snapshot.of(keys);
    }

    /** One call with these attachments; what all hops saw. */
    List<String> call(String how, String... attachments) {
        for (int i = 0; i < attachments.length; i += 2) {
            RpcContext.getClientAttachment().setAttachment(attachments[i], attachments[i + 1]);
        }
        return order.order(how);
    }

    String path(String... attachments) {
        return Hop.path(call("once", attachments).subList(0, 2));
    }

    /** The different paths of a number of calls, sorted. */
    List<String> paths(int calls, String... attachments) {
        return IntStream.range(0, calls)
                .mapToObj(i -> path(attachments))
                .distinct()
                .sorted()
                .toList();
    }

    /** Waits until calls are answered and their paths are as wanted: addresses arrive later than processes start. */
    Chain awaitPaths(Predicate<List<String>> wanted, String... attachments) {
        List<List<String>> seen = new ArrayList<>();
        await().atMost(SOON)
                .ignoreExceptionsInstanceOf(RpcException.class)
                .failFast("closed", () -> order == null)
                .until(() -> {
                    seen.add(paths(12, attachments));
                    return wanted.test(seen.get(seen.size() - 1));
                });
        return this;
    }

    @Override
    public void close() {
        List<App> all = new ArrayList<>(apps.values());
        for (int i = all.size() - 1; i >= 0; i--) {
            all.get(i).close();
        }
    }
}
