package io.grayrelease.dubbo.router;

import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

import org.apache.dubbo.common.URL;
import org.apache.dubbo.rpc.Invoker;
import org.apache.dubbo.rpc.RpcInvocation;
import org.apache.dubbo.rpc.cluster.router.state.BitList;
import org.apache.dubbo.rpc.cluster.router.state.TailStateRouter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** What is counted, as against timed: nothing of it may grow with the providers. */
class GrayStateRouterCostTest {
    private static final int PROVIDERS = 1_000;
    private static final int CALLS = 20_000;
    private static final int ROUNDS = 20;

    @TempDir
    Path folder;

    /** What is kept has been allocated. */
    @SuppressWarnings("UnusedVariable")
    private volatile Object result;

    private final AtomicInteger reads = new AtomicInteger();
    private Routing routing;
    private GrayStateRouter<TestService> router;
    private BitList<Invoker<TestService>> list;

    @BeforeEach
    void start() {
        routing = new Routing(folder).policy("route.T", Routing.SERVICE + ":2.0.0");
        router = routing.router();
        router.setNextRouter(TailStateRouter.getInstance());
        List<Invoker<TestService>> providers = new ArrayList<>();
        for (int i = 0; i < PROVIDERS; i++) {
            providers.add(new CountingProvider(
                    routing.provider(i % 10 == 0 ? "a:2.0.0" : "a:1.0.0").getUrl()));
        }
        list = new BitList<>(providers);
    }

    @AfterEach
    void stop() {
        routing.close();
    }

    @Test
    void providersAreReadWhenTheListChanges_neverForCallsOrPolicies() {
        router.notify(list);
        int read = reads.get();
        assertThat(read).isBetween(PROVIDERS, 3 * PROVIDERS);

        for (int i = 0; i < 100; i++) {
            assertThat(route(routing.call("T"))).hasSize(PROVIDERS / 10);
            assertThat(route(routing.call(null))).hasSize(PROVIDERS - PROVIDERS / 10);
        }
        routing.policy("route.T", Routing.SERVICE + ":1.0.0");
        assertThat(route(routing.call("T"))).hasSize(PROVIDERS - PROVIDERS / 10);

        assertThat(reads).hasValue(read);
    }

    @Test
    void routedCall_allocatesAtMostAsMuchAgainAsTheCopy() {
        router.notify(list);
        RpcInvocation tagged = routing.call("T");
        RpcInvocation untagged = routing.call(null);

        long copy = allocated(() -> list.clone());
        assertThat(allocated(() -> route(tagged))).isLessThanOrEqualTo(2 * copy);
        assertThat(allocated(() -> route(untagged))).isLessThanOrEqualTo(2 * copy);
    }

    private BitList<Invoker<TestService>> route(RpcInvocation call) {
        return router.route(list.clone(), routing.consumerUrl(), call, false, null);
    }

    /** Bytes per call; the least of some rounds, since the first ones are not compiled. */
    private long allocated(Supplier<?> call) {
        var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        long least = Long.MAX_VALUE;
        for (int round = 0; round < ROUNDS; round++) {
            long before = threads.getCurrentThreadAllocatedBytes();
            for (int i = 0; i < CALLS; i++) {
                result = call.get();
            }
            least = Math.min(least, (threads.getCurrentThreadAllocatedBytes() - before) / CALLS);
        }
        return least;
    }

    /** Counts how often somebody looks at it. */
    private final class CountingProvider extends FakeProvider {
        CountingProvider(URL url) {
            super(url);
        }

        @Override
        public URL getUrl() {
            reads.incrementAndGet();
            return super.getUrl();
        }
    }
}
