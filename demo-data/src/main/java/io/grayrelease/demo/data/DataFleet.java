package io.grayrelease.demo.data;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import io.grayrelease.demo.Child;
import io.grayrelease.demo.Deadline;
import io.grayrelease.demo.DemoException;
import io.grayrelease.demo.InForce;
import io.grayrelease.demo.Servers;
import io.grayrelease.demo.data.service.OrderProvider;
import io.grayrelease.demo.data.traffic.TrafficConsumer;
import io.grayrelease.demo.provider.DemoProvider;

/** The processes that read the policy: stock, order in two versions, and the consumer. Not thread-safe. */
final class DataFleet implements AutoCloseable {
    static final String OLD = "order-1.0.0";
    static final String NEW = "order-2.0.0";

    private static final String CONSUMER = "consumer";

    private final Servers servers;
    private final Path folder;
    private final Map<String, Child> children = new LinkedHashMap<>();

    private DataFleet(Servers servers, Path folder) {
        this.servers = servers;
        this.folder = folder;
    }

    /** Starts all processes at once; their logs and caches go to a folder. */
    static DataFleet start(Servers servers, Databases databases, int orders, int callsPerSecond, Path folder) {
        DataFleet fleet = new DataFleet(servers, folder);
        String old = databases.oldUrl();
        String ofNew = databases.newUrl();
        try {
            fleet.launch("stock-1.0.0", DemoProvider.class, "stock", servers.zooKeeper());
            fleet.launch(OLD, OrderProvider.class, servers.zooKeeper(), old, ofNew);
            fleet.launch(NEW, OrderProvider.class, servers.zooKeeper(), old, ofNew);
            fleet.launch(
                    CONSUMER,
                    TrafficConsumer.class,
                    servers.zooKeeper(),
                    old,
                    ofNew,
                    String.valueOf(orders),
                    String.valueOf(callsPerSecond));
            fleet.children.values().forEach(Child::awaitStart);
            return fleet;
        } catch (RuntimeException e) {
            fleet.close();
            throw e;
        }
    }

    private void launch(String name, Class<?> main, String... arguments) {
        List<String> options = new ArrayList<>(servers.options(name, folder));
        options.add("-Ddubbo.gray.version=" + name.substring(name.indexOf('-') + 1));
        children.put(name, Child.start(name, folder, options, main, arguments));
    }

    /** Waits until every process has a policy in force. */
    void awaitPolicy(String hash, Duration atMost) {
        Deadline.await(atMost, "policy " + hash + " in every process", () -> children.values().stream()
                .map(child -> InForce.parse(child.ask("policy")))
                .allMatch(policy -> policy.hash().equals(hash)));
    }

    /** What the consumer answers to a command. */
    Answers consumer(String command) {
        return ask(CONSUMER, command);
    }

    /** What a process of the order service answers to a command. */
    Answers order(String name, String command) {
        return ask(name, command);
    }

    private Answers ask(String name, String command) {
        Child child = children.get(name);
        if (child == null) {
            throw new DemoException(name + " is not running", null);
        }
        return Answers.of(name, child.ask(command));
    }

    @Override
    public void close() {
        List<Child> all = Stream.of(CONSUMER, NEW, OLD, "stock-1.0.0")
                .filter(children::containsKey)
                .map(children::get)
                .toList();
        all.forEach(Child::end);
        all.forEach(Child::close);
    }
}
