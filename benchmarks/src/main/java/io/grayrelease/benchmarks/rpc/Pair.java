package io.grayrelease.benchmarks.rpc;

import java.util.List;

import com.google.gson.Gson;

import io.grayrelease.benchmarks.RpcResult.Round;

/** The provider and the consumer of a variant. Not thread-safe. */
final class Pair implements AutoCloseable {
    private static final int CHECK_MILLIS = 200;

    private final Variant variant;
    private final Child provider;
    private final Child consumer;
    private final Runnable unregister;

    private Pair(Variant variant, Child provider, Child consumer, Runnable unregister) {
        this.variant = variant;
        this.provider = provider;
        this.consumer = consumer;
        this.unregister = unregister;
    }

    /** Starts both; returns when the consumer can call. */
    static Pair start(Variant variant, Launcher launcher, Addresses addresses, int providers, int threads) {
        String name = variant.group() + "-" + providers;
        Child provider = launcher.start(name + "-provider", variant.hasJars(), RpcProvider.class);
        List<String> exported = provider.awaitReady();
        addresses.register(variant, exported, providers);
        Child consumer = launcher.start(
                name + "-consumer",
                variant.hasJars(),
                RpcConsumer.class,
                variant.name(),
                addresses.zooKeeper(),
                String.valueOf(threads));
        consumer.awaitReady();
        return new Pair(variant, provider, consumer, () -> addresses.unregister(variant, exported, providers));
    }

    Variant variant() {
        return variant;
    }

    /** Calls for a time. */
    Round run(String protocol, long millis) {
        return new Gson().fromJson(consumer.ask(protocol + " " + millis), Round.class);
    }

    /** That every call arrives where it should, before their speed is measured. */
    void check(String protocol) {
        Round round = run(protocol, CHECK_MILLIS);
        if (round.wrong() > 0) {
            throw new IllegalStateException(
                    variant + ", " + protocol + ": " + round.wrong() + " calls failed or went to the wrong version");
        }
    }

    @Override
    public void close() {
        consumer.close();
        provider.close();
        unregister.run();
    }
}
