package io.grayrelease.it;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

import org.apache.curator.test.TestingServer;
import org.apache.dubbo.config.ReferenceConfig;
import org.apache.dubbo.rpc.RpcContext;
import org.apache.dubbo.rpc.RpcException;
import org.slf4j.MDC;

import io.grayrelease.dubbo.context.GrayContext;

import static org.awaitility.Awaitility.await;

/** A consumer, a {@link Relay} and an {@link Echo}, all asynchronous. uid 7 is tagged T. */
final class AsyncChain implements AutoCloseable {
    private static final long SECONDS = 30;
    private static final int CALLBACKS = 30;

    private final ExecutorService pool = Executors.newSingleThreadExecutor();
    private final Queue<CompletableFuture<String>> held = new ConcurrentLinkedQueue<>();
    private final TestingServer zooKeeper = new TestingServer(true);
    private final Chain chain;
    private final Relay relay;
    private final Echo echo;
    private final Echo local;
    private volatile Supplier<CompletableFuture<String>> task = () -> CompletableFuture.completedFuture("");

    AsyncChain(Path folder, String protocol) throws Exception {
        chain = new Chain(zooKeeper.getConnectString(), folder, "instance", protocol);
        chain.write("rule.1-t", "uid == 7 => T", "route.T", "x.Y:2.0.0", "route.U", "x.Y:3.0.0");
        App consumer =
                chain.app("consumer-app").provides(Echo.class, new Answers(), service -> service.setScope("local"));
        ReferenceConfig<Relay> relays = consumer.refers(Relay.class);
        ReferenceConfig<Echo> echoes = consumer.refers(Echo.class);
        echoes.setScope("remote");
        ReferenceConfig<Echo> locals = consumer.refers(Echo.class);
        locals.setScope("local");
        locals.setProtocol(null);
        chain.add(
                "echo",
                chain.app("echo-app").provides(Echo.class, new Answers()).start());
        chain.add(
                "relay",
                chain.app("relay-app").provides(Relay.class, () -> task.get()).start());
        chain.add("consumer", consumer.start());
        relay = relays.get();
        echo = echoes.get();
        local = locals.get();
        await().atMost(SECONDS, TimeUnit.SECONDS)
                .ignoreExceptionsInstanceOf(RpcException.class)
                .until(() -> echo.seen().startsWith("-") && relay.run() != null);
    }

    Chain chain() {
        return chain;
    }

    Echo echo() {
        return echo;
    }

    /** The same service in the consumer's own process. */
    Echo local() {
        return local;
    }

    /** The one thread of the service's own. */
    ExecutorService pool() {
        return pool;
    }

    /** Serves a request of uid 7, which does what is said. */
    String serve(Supplier<CompletableFuture<String>> what) {
        task = what;
        RpcContext.getClientAttachment().setAttachment("uid", "7");
        return relay.run().orTimeout(SECONDS, TimeUnit.SECONDS).join();
    }

    /** Lets all held calls be answered, once so many are there. */
    void release(int calls) {
        await().until(() -> held.size() >= calls);
        for (CompletableFuture<String> one = held.poll(); one != null; one = held.poll()) {
            one.complete("released");
        }
    }

    /** What is on this thread. */
    static String left() {
        return GrayContext.current() + " MDC " + MDC.get("gray.tag");
    }

    /** What the service's own thread has left. */
    String leftOnPool() throws Exception {
        return pool.submit(AsyncChain::left).get();
    }

    /** What callbacks of calls without a request find in the MDC: they run on threads that Dubbo keeps. */
    List<String> foundByLaterCallbacks() {
        List<CompletableFuture<String>> later = new ArrayList<>();
        for (int i = 0; i < CALLBACKS; i++) {
            later.add(echo.seenAsync().thenApply(seen -> String.valueOf(MDC.get("gray.tag"))));
        }
        return later.stream()
                .map(future -> future.orTimeout(SECONDS, TimeUnit.SECONDS).join())
                .distinct()
                .toList();
    }

    @Override
    public void close() throws Exception {
        chain.close();
        zooKeeper.close();
        pool.shutdownNow();
    }

    private final class Answers implements Echo {
        @Override
        public String seen() {
            return RpcContext.getServerAttachment().getAttachment("gray-tag") + "/"
                    + RpcContext.getServerAttachment().getAttachment("gray-uid");
        }

        /** Late, so that callers are already gone. */
        @Override
        public CompletableFuture<String> seenAsync() {
            String seen = seen();
            return CompletableFuture.supplyAsync(
                    () -> seen, CompletableFuture.delayedExecutor(50, TimeUnit.MILLISECONDS, Runnable::run));
        }

        @Override
        public CompletableFuture<String> held() {
            CompletableFuture<String> answer = new CompletableFuture<>();
            String seen = seen();
            held.add(answer);
            return answer.thenApply(released -> seen);
        }

        @Override
        public CompletableFuture<String> pooled() {
            String seen = seen();
            return CompletableFuture.supplyAsync(
                    () -> seen, CompletableFuture.delayedExecutor(50, TimeUnit.MILLISECONDS, pool));
        }
    }
}
