package io.grayrelease.dubbo.context;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

import org.apache.dubbo.rpc.RpcContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Disabled;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.EventConditions;
import org.slf4j.MDC;
import org.springframework.scheduling.concurrent.ThreadPoolTaskExecutor;

import io.grayrelease.dubbo.context.testkit.CleanThreads;
import io.grayrelease.dubbo.context.testkit.CleanThreadsExtension;

import static io.grayrelease.dubbo.context.OtherThreads.GRAY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

class CleanThreadsTest {
    private final ThreadPoolExecutor pool = (ThreadPoolExecutor) Executors.newFixedThreadPool(4);

    @AfterEach
    void clean() {
        pool.shutdownNow();
        CleanThreads.clean();
    }

    @Test
    void assertClean_whereNothingIsLeft_passes() throws Exception {
        ExecutorService wrapped = GrayContext.wrap((ExecutorService) pool);
        try (GrayContext.Scope scope = GrayContext.open(GRAY)) {
            for (int i = 0; i < 20; i++) {
                wrapped.submit(GrayContext::current).get();
            }
        }
        assertThatCode(() -> CleanThreads.assertClean(pool, wrapped)).doesNotThrowAnyException();
        assertThatCode(() -> CleanThreads.assertClean(pool, pool)).doesNotThrowAnyException();
    }

    @Test
    void assertClean_oneThreadOfMany_isFoundWhicheverItIs() throws Exception {
        for (int i = 0; i < 4; i++) {
            pool.submit(() -> {}).get();
        }
        String[] dirty = new String[1];
        pool.submit(() -> {
                    GrayContext.open(GRAY);
                    dirty[0] = Thread.currentThread().getName();
                })
                .get();

        assertThatThrownBy(() -> CleanThreads.assertClean(pool))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining(dirty[0] + ": context GrayContext{tags=T,U, uid=10086}, MDC gray.tag=T,U");
    }

    @Test
    void assertClean_underAWrapper_isFound() throws Exception {
        ExecutorService wrapped = GrayContext.wrap((ExecutorService) pool);
        pool.submit(() -> GrayContext.open(GRAY)).get();
        assertThatThrownBy(() -> CleanThreads.assertClean(wrapped)).hasMessageContaining("T,U");
    }

    @Test
    void assertClean_mdcAndAttachments_areFound() throws Exception {
        pool.submit(() -> MDC.put("gray.tag", "A")).get();
        pool.submit(() -> RpcContext.getClientAttachment().setAttachment("gray-tag", "B"))
                .get();
        pool.submit(() -> RpcContext.getServerAttachment().setAttachment("gray-tag", "C"))
                .get();

        assertThatThrownBy(() -> CleanThreads.assertClean(pool))
                .hasMessageContaining("MDC gray.tag=A")
                .hasMessageContaining("attachment gray-tag=B")
                .hasMessageContaining("context GrayContext{tags=C, uid=null}");
    }

    @Test
    void assertClean_currentThread_isLookedAt() {
        CleanThreads.assertClean();
        MDC.put("gray.tag", "A");
        assertThatThrownBy(CleanThreads::assertClean)
                .hasMessageContaining(Thread.currentThread().getName())
                .hasMessageContaining("MDC gray.tag=A");
        CleanThreads.clean();
        CleanThreads.assertClean();
    }

    @Test
    void assertClean_otherKindsOfPools_areReached() throws Exception {
        ThreadPoolExecutor direct = new ThreadPoolExecutor(0, 3, 1, TimeUnit.MINUTES, new SynchronousQueue<>());
        ScheduledExecutorService scheduled = Executors.newScheduledThreadPool(2);
        ExecutorService single = Executors.newSingleThreadExecutor();
        ForkJoinPool forkJoin = new ForkJoinPool(3);
        ThreadPoolTaskExecutor springs = new ThreadPoolTaskExecutor();
        springs.initialize();
        try {
            for (ExecutorService executor :
                    new ExecutorService[] {direct, scheduled, single, forkJoin, springs.getThreadPoolExecutor()}) {
                CleanThreads.assertClean(executor);
                executor.submit(() -> GrayContext.open(GRAY)).get();
                assertThatThrownBy(() -> CleanThreads.assertClean(executor))
                        .as(executor.toString())
                        .hasMessageContaining("T,U");
            }
            assertThatThrownBy(() -> CleanThreads.assertClean(springs)).hasMessageContaining("T,U");
        } finally {
            direct.shutdownNow();
            scheduled.shutdownNow();
            single.shutdownNow();
            forkJoin.shutdownNow();
            springs.shutdown();
        }
    }

    @Test
    void assertClean_busyThread_failsInsteadOfPassingUnseen() {
        CountDownLatch never = new CountDownLatch(1);
        pool.execute(() -> {
            try {
                never.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        assertThatThrownBy(() -> CleanThreads.assertClean(Duration.ofMillis(200), pool))
                .hasMessageContaining("3 of 4 threads could be looked at");
    }

    @Test
    void assertClean_callerRuns_doesNotHang() {
        ThreadPoolExecutor full = new ThreadPoolExecutor(
                1, 1, 1, TimeUnit.MINUTES, new SynchronousQueue<>(), new ThreadPoolExecutor.CallerRunsPolicy());
        CountDownLatch never = new CountDownLatch(1);
        full.execute(() -> {
            try {
                never.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        assertThatThrownBy(() -> CleanThreads.assertClean(Duration.ofMillis(200), full))
                .hasMessageContaining("0 of 1 threads");
        full.shutdownNow();
    }

    @Test
    void extension_failsTheTestsThatLeaveSomething_andOnlyThem() {
        EngineTestKit.engine("junit-jupiter")
                .selectors(selectClass(Users.class))
                .configurationParameter("junit.jupiter.conditions.deactivate", "*DisabledCondition")
                .execute()
                .testEvents()
                .assertStatistics(statistics -> statistics.succeeded(1).failed(2))
                .failed()
                .assertThatEvents()
                .allMatch(EventConditions.event(EventConditions.finishedWithFailure())::matches);
        assertThat(GrayContext.current()).isEqualTo(GrayContext.NONE);
    }

    @Disabled("run by extension_failsTheTestsThatLeaveSomething_andOnlyThem")
    @ExtendWith(CleanThreadsExtension.class)
    static class Users {
        private final ExecutorService executor = Executors.newSingleThreadExecutor();
        private final ExecutorService wrapped = GrayContext.wrap(executor);

        @AfterEach
        void shutDown() {
            executor.shutdownNow();
        }

        @Test
        void clean() throws Exception {
            try (GrayContext.Scope scope = GrayContext.open(GRAY)) {
                wrapped.submit(GrayContext::current).get();
            }
        }

        @Test
        void leavesOnThePool() throws Exception {
            executor.submit(() -> GrayContext.open(GRAY)).get();
        }

        @Test
        void leavesOnItsOwnThread() {
            GrayContext.open(GRAY);
        }
    }
}
