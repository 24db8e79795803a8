package io.grayrelease.it;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;

import org.apache.curator.test.TestingServer;
import org.apache.dubbo.rpc.RpcContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** Policies and providers come and go while calls are made. */
class ChangesUnderLoadTest {
    private static final int CALLERS = 3;
    private static final int ROUNDS = 3;

    @Test
    void policiesAndProvidersChange_noCallFailsAndNoneGoesWhereItMayNot(@TempDir Path folder) throws Exception {
        try (TestingServer zooKeeper = new TestingServer(true);
                Chain chain = new Chain(zooKeeper.getConnectString(), folder, "instance", "dubbo")) {
            chain.write("rule.1-a", "uid == 7 => T", "route.T", Chain.STOCK + ":2.0.0");
            chain.stock("1.0.0").stock("2.0.0").order("1.0.0").consumer();
            chain.awaitPaths(List.of("order 1.0.0 > stock 2.0.0")::equals, "uid", "7");
            AtomicBoolean running = new AtomicBoolean(true);
            LongAdder gray = new LongAdder();
            ExecutorService callers = Executors.newFixedThreadPool(CALLERS);
            List<Future<?>> results = new ArrayList<>();
            for (int i = 0; i < CALLERS; i++) {
                results.add(callers.submit(() -> callUntilStopped(chain, running, gray)));
            }
            for (int round = 0; round < ROUNDS; round++) {
                chain.policy("rule.1-a", "uid == 7 => T ; off", "route.T", Chain.STOCK + ":2.0.0");
                chain.write("rule.1-a", "garbage", "route.T", Chain.STOCK + ":2.0.0");
                chain.stop("stock 2.0.0");
                chain.policy("rule.1-a", "uid == 7 => T", "route.T", Chain.STOCK + ":2.0.0");
                chain.stock("2.0.0");
                chain.awaitPaths(List.of("order 1.0.0 > stock 2.0.0")::equals, "uid", "7");
            }
            running.set(false);
            for (Future<?> result : results) {
                result.get();
            }
            callers.shutdown();
            assertThat(gray.sum()).isPositive();
        }
    }

    /** uid 9 is baseline under every one of the policies; uid 7 is gray or falls back. */
    private static void callUntilStopped(Chain chain, AtomicBoolean running, LongAdder gray) {
        while (running.get()) {
            RpcContext.getClientAttachment().setAttachment("uid", "9");
            assertThat(Hop.path(chain.order().order("once"))).isEqualTo("order 1.0.0 > stock 1.0.0 > order 1.0.0");
            RpcContext.getClientAttachment().setAttachment("uid", "7");
            String path = Hop.path(chain.order().order("once"));
            assertThat(path).isIn("order 1.0.0 > stock 1.0.0 > order 1.0.0", "order 1.0.0 > stock 2.0.0 > order 1.0.0");
            if (path.contains("stock 2.0.0")) {
                gray.increment();
            }
        }
    }
}
