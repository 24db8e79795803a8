package io.grayrelease.dubbo.router;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.IntStream;

import org.apache.dubbo.rpc.Invoker;
import org.apache.dubbo.rpc.cluster.router.state.BitList;
import org.apache.dubbo.rpc.cluster.router.state.TailStateRouter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

class GrayStateRouterConcurrencyTest {
    private static final int CALLERS = 4;
    private static final int CHANGES = 3_000;

    @TempDir
    Path folder;

    /** Lists of different lengths and orders: an index of the wrong list would select other versions. */
    @Test
    void listAndPolicyChangeUnderLoad_everyCallGetsItsVersionOfItsOwnList() throws Exception {
        try (Routing routing = new Routing(folder)) {
            routing.providers().policy("route.T", Routing.SERVICE + ":2.0.0");
            List<BitList<Invoker<TestService>>> lists = List.of(
                    list(routing, "a:1.0.0", "a:2.0.0"),
                    list(routing, "a:2.0.0", "a:2.0.0", "a:1.0.0"),
                    list(routing, "a:", "a:1.0.0", "a:3.0.0", "a:2.0.0"));
            GrayStateRouter<TestService> router = routing.router();
            router.setNextRouter(TailStateRouter.getInstance());
            AtomicBoolean running = new AtomicBoolean(true);
            LongAdder calls = new LongAdder();
            ExecutorService callers = Executors.newFixedThreadPool(CALLERS);
            try {
                List<Future<?>> results = IntStream.range(0, CALLERS)
                        .<Future<?>>mapToObj(i -> callers.submit(() -> {
                            for (int n = i; running.get(); n++) {
                                check(routing, router, lists.get(n % lists.size()));
                                calls.increment();
                            }
                        }))
                        .toList();
                for (int change = 0; change < CHANGES; change++) {
                    router.notify(lists.get(change % lists.size()));
                    if (change % 10 == 0) {
                        routing.policy("route.T", Routing.SERVICE + ":2.0.0", "route.U" + change % 7, "x.Y:1");
                    }
                }
                running.set(false);
                for (Future<?> result : results) {
                    result.get();
                }
                assertThat(calls.sum()).isPositive();
            } finally {
                running.set(false);
                callers.shutdownNow();
            }
        }
    }

    private static void check(
            Routing routing, GrayStateRouter<TestService> router, BitList<Invoker<TestService>> list) {
        for (Invoker<TestService> invoker :
                router.route(list.clone(), routing.consumerUrl(), routing.call("T"), false, null)) {
            assertThat(invoker).hasToString("a:2.0.0");
        }
        for (Invoker<TestService> invoker :
                router.route(list.clone(), routing.consumerUrl(), routing.call(null), false, null)) {
            assertThat(invoker.toString()).isNotEqualTo("a:2.0.0");
        }
    }

    private static BitList<Invoker<TestService>> list(Routing routing, String... providers) {
        return routing.providers(providers).list();
    }
}
