package io.grayrelease.it;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

import org.apache.curator.test.TestingServer;
import org.apache.dubbo.common.threadpool.manager.FrameworkExecutorRepository;
import org.apache.dubbo.rpc.RpcContext;
import org.apache.dubbo.rpc.RpcException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.grayrelease.dubbo.context.GrayContext;

import static org.assertj.core.api.Assertions.assertThat;

/** Nothing of a request stays on a thread, whatever became of it. */
class CleanThreadsTest {
    private static final int CALLERS = 4;
    private static final int REQUESTS = 10_000;
    private static final int TIMEOUT_EVERY = 2_000;

    @Test
    void tenThousandMixedRequests_leaveEveryThreadClean(@TempDir Path folder) throws Exception {
        ThreadProbe.FOUND.clear();
        ThreadProbe.LOOKS.reset();
        try (TestingServer zooKeeper = new TestingServer(true);
                Chain chain = new Chain(zooKeeper.getConnectString(), folder, "instance", "dubbo")) {
            chain.write("rule.1-even", "uid % 2 == 0 => T", "route.T", Chain.STOCK + ":2.0.0");
            chain.stock("1.0.0").stock("2.0.0").order("1.0.0").consumer();
            chain.awaitPaths(List.of("order 1.0.0 > stock 1.0.0")::equals);

            ExecutorService callers = Executors.newFixedThreadPool(CALLERS);
            List<Future<?>> done = new ArrayList<>();
            for (int uid = 0; uid < REQUESTS; uid++) {
                int request = uid;
                done.add(callers.submit(() -> request(chain, request)));
            }
            for (Future<?> future : done) {
                future.get();
            }
            callers.shutdown();
            lookAtSharedThreads(chain);
        }
        assertThat(ThreadProbe.LOOKS.sum()).isGreaterThan(2L * REQUESTS);
        assertThat(ThreadProbe.FOUND).isEmpty();
    }

    private static void request(Chain chain, int uid) {
        ThreadProbe.look("before a call");
        RpcContext.getClientAttachment().setAttachment("uid", String.valueOf(uid));
        try {
            if (uid % TIMEOUT_EVERY == TIMEOUT_EVERY - 1) {
                StockService.FAILURES.incrementAndGet();
                chain.order().order("slow");
            } else if (uid % 5 == 1) {
                chain.order().order("broken");
            } else if (uid % 5 == 2) {
                chain.order().orderAsync("x").join();
            } else if (uid % 5 == 3) {
                chain.order().order("wrapped");
            } else {
                assertThat(Hop.values(chain.order().order("once"), "tag")).containsExactly(uid % 2 == 0 ? "T" : "-");
            }
        } catch (RpcException | IllegalStateException expected) {
            assertThat(uid % 5).isIn(1, 4); // broken on purpose, or timed out
        }
        ThreadProbe.look("after a call");
    }

    /** The threads on which answers and callbacks run. */
    private static void lookAtSharedThreads(Chain chain) throws InterruptedException {
        for (String name : List.of("consumer", "order 1.0.0")) {
            ExecutorService shared = chain.get(name)
                    .bootstrap()
                    .getApplicationModel()
                    .getFrameworkModel()
                    .getBeanFactory()
                    .getBean(FrameworkExecutorRepository.class)
                    .getSharedExecutor();
            CountDownLatch looked = new CountDownLatch(100);
            for (int i = 0; i < 100; i++) {
                shared.execute(() -> {
                    ThreadProbe.look("shared thread");
                    looked.countDown();
                });
            }
            assertThat(looked.await(30, TimeUnit.SECONDS)).isTrue();
        }
        assertThat(GrayContext.current()).isEqualTo(GrayContext.NONE);
    }
}
