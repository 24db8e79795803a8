package io.grayrelease.dubbo.context;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;

import org.apache.dubbo.common.threadlocal.InternalThreadLocalMap;
import org.apache.dubbo.rpc.RpcContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;

import io.grayrelease.policy.model.Tags;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class GrayContextTest {
    private static final GrayContext GRAY = GrayContext.decided(Tags.of("T", "U"), "10086");
    private static final GrayContext OTHER = GrayContext.decided(Tags.NONE, "7");

    private final ExecutorService executor = Executors.newSingleThreadExecutor();

    @AfterEach
    void clean() {
        executor.shutdownNow();
        RpcContext.removeContext();
    }

    @Test
    void current_withoutRequest_isNone() {
        assertThat(GrayContext.current()).isEqualTo(GrayContext.NONE);
        assertThat(GrayContext.NONE.isDecided()).isFalse();
        assertThat(GrayContext.NONE.tags()).isEqualTo(Tags.NONE);
        assertThat(GrayContext.NONE.uid()).isEmpty();
    }

    @Test
    void current_whileServing_isWhatWasReceived() {
        RpcContext.getServerAttachment().setAttachment("gray-tag", "T,U");
        RpcContext.getServerAttachment().setAttachment("gray-uid", "10086");

        assertThat(GrayContext.current()).isEqualTo(GRAY);
    }

    @Test
    void open_nested_restoresWhatWasBefore() {
        try (GrayContext.Scope outer = GrayContext.open(GRAY)) {
            try (GrayContext.Scope inner = GrayContext.open(OTHER)) {
                assertThat(GrayContext.current()).isEqualTo(OTHER);
            }
            assertThat(GrayContext.current()).isEqualTo(GRAY);
        }
        assertThat(GrayContext.current()).isEqualTo(GrayContext.NONE);
    }

    @Test
    void open_winsOverWhatWasReceived() {
        RpcContext.getServerAttachment().setAttachment("gray-tag", "T,U");
        try (GrayContext.Scope scope = GrayContext.open(OTHER)) {
            assertThat(GrayContext.current()).isEqualTo(OTHER);
        }
    }

    @Test
    void open_isIsolatedWhereDubboSwapsItsThreadLocals() {
        try (GrayContext.Scope scope = GrayContext.open(GRAY)) {
            InternalThreadLocalMap caller = InternalThreadLocalMap.getAndRemove(); // as a local (injvm) call does
            assertThat(GrayContext.current()).isEqualTo(GrayContext.NONE);
            InternalThreadLocalMap.set(caller);
            assertThat(GrayContext.current()).isEqualTo(GRAY);
        }
    }

    @Test
    void wrap_everyKindOfTask_runsWithTheContextOfItsMaking() throws Exception {
        List<GrayContext> seen = new ArrayList<>();
        Runnable runnable;
        Callable<GrayContext> callable;
        Supplier<GrayContext> supplier;
        try (GrayContext.Scope scope = GrayContext.open(GRAY)) {
            runnable = GrayContext.wrap((Runnable) () -> seen.add(GrayContext.current()));
            callable = GrayContext.wrap((Callable<GrayContext>) GrayContext::current);
            supplier = GrayContext.wrap((Supplier<GrayContext>) GrayContext::current);
        }
        executor.submit(runnable).get();
        seen.add(executor.submit(callable).get());
        seen.add(executor.submit((Callable<GrayContext>) supplier::get).get());

        assertThat(seen).containsExactly(GRAY, GRAY, GRAY);
        assertThat(executor.submit(GrayContext::current).get())
                .as("left behind")
                .isEqualTo(GrayContext.NONE);
    }

    @Test
    void wrap_executors_takeTheContextWhereTheTaskIsHandedIn() throws Exception {
        ExecutorService wrapped = GrayContext.wrap(executor);
        List<GrayContext> seen = new ArrayList<>();
        try (GrayContext.Scope scope = GrayContext.open(GRAY)) {
            seen.add(wrapped.submit(GrayContext::current).get());
            Callable<GrayContext> current = GrayContext::current;
            seen.add(wrapped.invokeAll(List.of(current)).get(0).get());
            wrapped.submit((Runnable) () -> seen.add(GrayContext.current())).get();
        }
        assertThat(seen).containsExactly(GRAY, GRAY, GRAY);
        assertThat(wrapped.submit(GrayContext::current).get()).isEqualTo(GrayContext.NONE);
        wrapped.shutdown();
        assertThat(executor.isShutdown()).isTrue();
    }

    @Test
    void wrap_failingTask_leavesNothingOnTheThread() throws Exception {
        Runnable failing;
        try (GrayContext.Scope scope = GrayContext.open(GRAY)) {
            failing = GrayContext.wrap((Runnable) () -> {
                throw new IllegalStateException("on purpose");
            });
        }
        assertThatThrownBy(() -> executor.submit(failing).get()).hasRootCauseMessage("on purpose");
        assertThat(executor.submit(GrayContext::current).get()).isEqualTo(GrayContext.NONE);
    }

    @Test
    void decide_settlesAnOpenedUndecidedRequestOnceAndForThatScopeOnly() {
        try (GrayContext.Scope scope = GrayContext.open(GrayContext.undecided("10086"))) {
            CurrentRequest.settleOpened(GRAY);
            CurrentRequest.settleOpened(OTHER);
            assertThat(GrayContext.current()).isEqualTo(GRAY);
        }
        CurrentRequest.settleOpened(GRAY);
        assertThat(GrayContext.current()).isEqualTo(GrayContext.NONE);
    }

    @Test
    void equals_isByValue() {
        GrayContext decided = GrayContext.decided(Tags.of("T"), "7");
        assertThat(decided)
                .isEqualTo(GrayContext.decided(Tags.of("T"), "7"))
                .hasSameHashCodeAs(GrayContext.decided(Tags.of("T"), "7"))
                .isNotEqualTo(GrayContext.decided(Tags.of("T"), "8"))
                .isNotEqualTo(GrayContext.decided(Tags.of("U"), "7"))
                .isNotEqualTo(GrayContext.undecided("7"))
                .isNotEqualTo("T");
    }

    @Test
    void openedUndecided_isDecidedOnceForAllWhoCarryIt() throws Exception {
        ExecutorService executor = Executors.newSingleThreadExecutor();
        try (GrayContext.Scope scope = GrayContext.open(GrayContext.undecided("10086"))) {
            Callable<GrayContext> first = () -> CurrentRequest.settleOpened(GRAY);
            assertThat(executor.submit(GrayContext.wrap(first)).get()).isEqualTo(GRAY);

            assertThat(GrayContext.current()).isEqualTo(GRAY).hasSameHashCodeAs(GRAY);
            assertThat(CurrentRequest.settleOpened(GrayContext.decided(Tags.NONE, "10086")))
                    .isEqualTo(GRAY);
        } finally {
            executor.shutdown();
        }
    }

    @Test
    void undecidedOpenedTwice_isTwoRequests() {
        GrayContext undecided = GrayContext.undecided("10086");
        try (GrayContext.Scope scope = GrayContext.open(undecided)) {
            CurrentRequest.settleOpened(GRAY);
        }
        try (GrayContext.Scope scope = GrayContext.open(undecided)) {
            assertThat(GrayContext.current().isDecided()).isFalse();
        }
        assertThat(undecided.isDecided()).isFalse();
    }

    @Test
    void scopesClosedInAnotherOrder_leaveNothing() {
        GrayContext.Scope outer = GrayContext.open(GRAY);
        GrayContext.Scope inner = GrayContext.open(GrayContext.NONE);
        outer.close();
        assertThat(GrayContext.current()).isEqualTo(GrayContext.NONE);
        inner.close();
        assertThat(GrayContext.current()).isEqualTo(GrayContext.NONE);
        assertThat(MDC.get("gray.tag")).isNull();
    }

    @Test
    void scopeClosedTwice_leavesALaterOneOpen() {
        GrayContext.Scope first = GrayContext.open(GrayContext.NONE);
        first.close();
        try (GrayContext.Scope second = GrayContext.open(GRAY)) {
            first.close();
            assertThat(GrayContext.current()).isEqualTo(GRAY);
        }
    }

    @Test
    void logTag_isThereWhileOpened_andAsItWasAfterwards() {
        MDC.put("gray.tag", "before");
        try (GrayContext.Scope scope = GrayContext.open(GRAY)) {
            assertThat(MDC.get("gray.tag")).isEqualTo(GRAY.tags().text());
            try (GrayContext.Scope inner = GrayContext.open(GrayContext.undecided("7"))) {
                assertThat(MDC.get("gray.tag")).isNull();
            }
            assertThat(MDC.get("gray.tag")).isEqualTo(GRAY.tags().text());
        }
        assertThat(MDC.get("gray.tag")).isEqualTo("before");
        MDC.remove("gray.tag");
    }
}
