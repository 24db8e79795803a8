package io.grayrelease.dubbo.context;

import java.util.Collections;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

import org.apache.dubbo.rpc.RpcContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;

import static io.grayrelease.dubbo.context.OtherThreads.GRAY;
import static io.grayrelease.dubbo.context.OtherThreads.OTHER;
import static io.grayrelease.dubbo.context.OtherThreads.leftOn;
import static io.grayrelease.dubbo.context.OtherThreads.serve;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

class WrappedExecutorsTest {
    private final ScheduledExecutorService bare = Executors.newScheduledThreadPool(1);
    private final ScheduledExecutorService wrapped = GrayContext.wrap(bare);
    private final List<GrayContext> seen = new CopyOnWriteArrayList<>();
    private final Callable<GrayContext> current = GrayContext::current;

    @AfterEach
    void clean() {
        bare.shutdownNow();
        RpcContext.removeContext();
    }

    @Test
    void wrap_function_runsWithTheContextOfItsMaking() throws Exception {
        Function<Integer, GrayContext> function;
        try (GrayContext.Scope scope = GrayContext.open(GRAY)) {
            Function<Integer, GrayContext> plain = number -> GrayContext.current();
            function = GrayContext.wrap(plain);
        }
        assertThat(CompletableFuture.completedFuture(1)
                        .thenApplyAsync(function, bare)
                        .get())
                .isEqualTo(GRAY);
        assertThat(leftOn(bare)).isEqualTo(GrayContext.NONE);
    }

    @Test
    void wrap_failingFunction_leavesNothingOnTheThread() throws Exception {
        CompletableFuture<Object> future;
        try (GrayContext.Scope scope = GrayContext.open(GRAY)) {
            Function<Integer, Object> failing = number -> {
                throw new IllegalStateException("on purpose");
            };
            future = CompletableFuture.completedFuture(1).thenApplyAsync(GrayContext.wrap(failing), bare);
        }
        assertThatThrownBy(future::get).hasRootCauseMessage("on purpose");
        assertThat(leftOn(bare)).isEqualTo(GrayContext.NONE);
    }

    @Test
    void completableFuture_onAWrappedPool_carriesTheServedRequest() throws Exception {
        serve();
        CompletableFuture<GrayContext> future = CompletableFuture.supplyAsync(GrayContext::current, wrapped)
                .thenApplyAsync(before -> before.equals(GRAY) ? GrayContext.current() : before, wrapped);

        assertThat(future.get()).isEqualTo(GRAY);
        assertThat(leftOn(bare)).isEqualTo(GrayContext.NONE);
    }

    @Test
    void completableFuture_onAWrappedExecutor_carries() throws Exception {
        Executor executor = GrayContext.wrap((Executor) bare);
        try (GrayContext.Scope scope = GrayContext.open(GRAY)) {
            assertThat(CompletableFuture.supplyAsync(GrayContext::current, executor)
                            .get())
                    .isEqualTo(GRAY);
        }
        assertThat(leftOn(bare)).isEqualTo(GrayContext.NONE);
    }

    @Test
    void invokeAllAndAny_carry() throws Exception {
        try (GrayContext.Scope scope = GrayContext.open(GRAY)) {
            for (Future<GrayContext> future : wrapped.invokeAll(List.of(current, current))) {
                seen.add(future.get());
            }
            seen.add(wrapped.invokeAny(List.of(current)));
            seen.add(wrapped.invokeAny(List.of(current), 5, TimeUnit.SECONDS));
            for (Future<GrayContext> future : wrapped.invokeAll(List.of(current), 5, TimeUnit.SECONDS)) {
                seen.add(future.get());
            }
        }
        assertThat(seen).hasSize(5).containsOnly(GRAY);
        assertThat(leftOn(bare)).isEqualTo(GrayContext.NONE);
    }

    @Test
    void schedule_afterTheRequestIsOver_stillCarriesIt() throws Exception {
        Future<GrayContext> later;
        Future<?> run;
        try (GrayContext.Scope scope = GrayContext.open(GRAY)) {
            later = wrapped.schedule(current, 30, TimeUnit.MILLISECONDS);
            run = wrapped.schedule((Runnable) this::look, 30, TimeUnit.MILLISECONDS);
        }
        assertThat(later.get()).isEqualTo(GRAY);
        run.get();
        assertThat(seen).containsExactly(GRAY);
        assertThat(leftOn(bare)).isEqualTo(GrayContext.NONE);
    }

    @Test
    void periodicTask_everyRun_hasTheContextInWhichItWasScheduled() throws Exception {
        Future<?> atRate;
        Future<?> withDelay;
        try (GrayContext.Scope scope = GrayContext.open(GRAY)) {
            atRate = wrapped.scheduleAtFixedRate(this::look, 0, 5, TimeUnit.MILLISECONDS);
        }
        await().until(() -> seen.size() >= 3);
        atRate.cancel(false);
        assertThat(seen).containsOnly(GRAY);
        assertThat(leftOn(bare)).isEqualTo(GrayContext.NONE);

        seen.clear();
        try (GrayContext.Scope scope = GrayContext.open(OTHER)) {
            withDelay = wrapped.scheduleWithFixedDelay(this::look, 0, 5, TimeUnit.MILLISECONDS);
        }
        await().until(() -> seen.size() >= 3);
        withDelay.cancel(false);
        assertThat(seen).containsOnly(OTHER);
        assertThat(leftOn(bare)).isEqualTo(GrayContext.NONE);
    }

    @Test
    void periodicTask_scheduledUndecided_isDecidedAnewInEveryRun() {
        Queue<Boolean> decidedBefore = new ConcurrentLinkedQueue<>();
        Runnable task = () -> {
            decidedBefore.add(GrayContext.current().isDecided());
            CurrentRequest.settleOpened(GRAY);
        };
        Future<?> future;
        try (GrayContext.Scope scope = GrayContext.open(GrayContext.undecided("10086"))) {
            future = wrapped.scheduleAtFixedRate(task, 0, 5, TimeUnit.MILLISECONDS);
        }
        await().until(() -> decidedBefore.size() >= 3);
        future.cancel(false);
        assertThat(decidedBefore).containsOnly(false);
    }

    @Test
    void failingTasks_leaveNothingOnTheThread() throws Exception {
        Callable<Object> failing = () -> {
            throw new IllegalStateException("on purpose");
        };
        try (GrayContext.Scope scope = GrayContext.open(GRAY)) {
            assertThatThrownBy(() -> wrapped.submit(failing).get()).hasRootCauseMessage("on purpose");
            assertThatThrownBy(
                            () -> wrapped.schedule(failing, 0, TimeUnit.SECONDS).get())
                    .hasRootCauseMessage("on purpose");
            assertThatThrownBy(() -> wrapped.invokeAny(List.of(failing))).hasRootCauseMessage("on purpose");
        }
        assertThat(leftOn(bare)).isEqualTo(GrayContext.NONE);
    }

    @Test
    void unwrap_findsTheExecutorUnderAllWrappers() {
        assertThat(GrayContext.unwrap(GrayContext.wrap((ExecutorService) wrapped)))
                .isSameAs(bare);
        assertThat(GrayContext.unwrap(GrayContext.wrap((Executor) bare))).isSameAs(bare);
        assertThat(GrayContext.unwrap(bare)).isSameAs(bare);
    }

    @Test
    @EnabledForJreRange(min = JRE.JAVA_21)
    void virtualThreads_carryAndNestAndDoNotMix() throws Exception {
        ExecutorService virtual = GrayContext.wrap((ExecutorService)
                Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null));
        try {
            Callable<GrayContext> isVirtual = () -> {
                assertThat(Thread.class.getMethod("isVirtual").invoke(Thread.currentThread()))
                        .isEqualTo(true);
                try (GrayContext.Scope scope = GrayContext.open(OTHER)) {
                    Thread.sleep(5); // unmounts
                    assertThat(GrayContext.current()).isEqualTo(OTHER);
                }
                return virtual.submit(current).get();
            };
            Future<GrayContext> none = virtual.submit(isVirtual);
            try (GrayContext.Scope scope = GrayContext.open(GRAY)) {
                for (Future<GrayContext> future : virtual.invokeAll(Collections.nCopies(50, isVirtual))) {
                    seen.add(future.get());
                }
            }
            assertThat(seen).hasSize(50).containsOnly(GRAY);
            assertThat(none.get()).isEqualTo(GrayContext.NONE);
        } finally {
            virtual.shutdownNow();
        }
    }

    private void look() {
        seen.add(GrayContext.current());
    }
}
