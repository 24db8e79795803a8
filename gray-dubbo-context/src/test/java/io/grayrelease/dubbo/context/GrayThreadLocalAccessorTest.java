package io.grayrelease.dubbo.context;

import java.util.ServiceLoader;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import org.apache.dubbo.rpc.RpcContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import io.micrometer.context.ContextExecutorService;
import io.micrometer.context.ContextRegistry;
import io.micrometer.context.ContextSnapshot;
import io.micrometer.context.ContextSnapshotFactory;
import io.micrometer.context.ThreadLocalAccessor;

import static io.grayrelease.dubbo.context.OtherThreads.GRAY;
import static io.grayrelease.dubbo.context.OtherThreads.OTHER;
import static io.grayrelease.dubbo.context.OtherThreads.leftOn;
import static io.grayrelease.dubbo.context.OtherThreads.serve;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class GrayThreadLocalAccessorTest {
    private final ContextSnapshotFactory factory =
            ContextSnapshotFactory.builder().build();
    private final ContextSnapshotFactory clearing =
            ContextSnapshotFactory.builder().clearMissing(true).build();
    private final ExecutorService bare = Executors.newSingleThreadExecutor();
    private final Callable<GrayContext> current = GrayContext::current;

    @AfterEach
    void clean() {
        bare.shutdownNow();
        RpcContext.removeContext();
    }

    @Test
    void serviceLoader_andTheLibrarysRegistry_findIt() {
        assertThat(ServiceLoader.load(ThreadLocalAccessor.class)).anyMatch(GrayThreadLocalAccessor.class::isInstance);
        assertThat(ContextRegistry.getInstance().getThreadLocalAccessors())
                .extracting(ThreadLocalAccessor::key)
                .contains("gray.context");
    }

    @Test
    void captureAll_withoutRequest_holdsNothing() {
        assertThat(new GrayThreadLocalAccessor().getValue()).isNull();
        try (ContextSnapshot.Scope scope = factory.captureAll().setThreadLocals()) {
            assertThat(GrayContext.current()).isEqualTo(GrayContext.NONE);
        }
    }

    @Test
    void wrap_runsWithTheCaptured_andLeavesNothing() throws Exception {
        Callable<GrayContext> wrapped;
        try (GrayContext.Scope scope = GrayContext.open(GRAY)) {
            wrapped = factory.captureAll().wrap(current);
        }
        assertThat(bare.submit(wrapped).get()).isEqualTo(GRAY);
        assertThat(leftOn(bare)).isEqualTo(GrayContext.NONE);
    }

    @Test
    void wrap_whileServing_carriesTheServedRequest() throws Exception {
        serve();
        assertThat(bare.submit(factory.captureAll().wrap(current)).get()).isEqualTo(GRAY);
        assertThat(leftOn(bare)).isEqualTo(GrayContext.NONE);
    }

    @Test
    void wrap_failing_leavesNothing() throws Exception {
        Callable<Object> failing;
        try (GrayContext.Scope scope = GrayContext.open(GRAY)) {
            failing = factory.captureAll().wrap((Callable<Object>) () -> {
                throw new IllegalStateException("on purpose");
            });
        }
        assertThatThrownBy(() -> bare.submit(failing).get()).hasRootCauseMessage("on purpose");
        assertThat(leftOn(bare)).isEqualTo(GrayContext.NONE);
    }

    @Test
    void contextExecutorService_carries() throws Exception {
        ExecutorService wrapped = ContextExecutorService.wrap(bare, factory::captureAll);
        try (GrayContext.Scope scope = GrayContext.open(GRAY)) {
            assertThat(wrapped.submit(current).get()).isEqualTo(GRAY);
            assertThat(CompletableFuture.supplyAsync(GrayContext::current, wrapped)
                            .get())
                    .isEqualTo(GRAY);
        }
        assertThat(wrapped.submit(current).get()).isEqualTo(GrayContext.NONE);
        assertThat(leftOn(bare)).isEqualTo(GrayContext.NONE);
    }

    @Test
    void scope_onAServingThread_doesNotOutliveTheServedRequest() {
        ContextSnapshot other = captured(OTHER);
        serve();
        try (ContextSnapshot.Scope scope = other.setThreadLocals()) {
            assertThat(GrayContext.current()).isEqualTo(OTHER);
        }
        assertThat(GrayContext.current()).isEqualTo(GRAY);
        RpcContext.removeServerAttachment(); // Dubbo's end of the request
        assertThat(GrayContext.current()).isEqualTo(GrayContext.NONE);
    }

    @Test
    void scopeOfTheSameRequest_onItsServingThread_doesNotOutliveIt() {
        serve();
        try (ContextSnapshot.Scope scope = factory.captureAll().setThreadLocals()) {
            assertThat(GrayContext.current()).isEqualTo(GRAY);
        }
        RpcContext.removeServerAttachment();
        assertThat(GrayContext.current()).isEqualTo(GrayContext.NONE);
    }

    @Test
    void scope_inWhichTheServedRequestIsSettled_doesNotOutliveIt() {
        RpcContext.getServerAttachment().setAttachment("gray-uid", "10086");
        try (ContextSnapshot.Scope scope = captured(OTHER).setThreadLocals()) {
            CurrentRequest.settleReceived(GRAY);
        }
        assertThat(GrayContext.current()).isEqualTo(GRAY);
        RpcContext.removeServerAttachment();
        assertThat(GrayContext.current()).isEqualTo(GrayContext.NONE);
    }

    @Test
    void scopes_nested_restoreEachLevel() {
        ContextSnapshot gray = captured(GRAY);
        ContextSnapshot other = captured(OTHER);
        ContextSnapshot none = clearing.captureAll();
        serve();
        GrayContext third = GrayContext.undecided("3");
        try (ContextSnapshot.Scope first = other.setThreadLocals()) {
            try (GrayContext.Scope second = GrayContext.open(third)) {
                try (ContextSnapshot.Scope cleared = none.setThreadLocals()) {
                    assertThat(GrayContext.current()).isEqualTo(GrayContext.NONE);
                    try (ContextSnapshot.Scope innermost = gray.setThreadLocals()) {
                        assertThat(GrayContext.current()).isEqualTo(GRAY);
                    }
                    assertThat(GrayContext.current()).isEqualTo(GrayContext.NONE);
                }
                assertThat(GrayContext.current()).isEqualTo(third);
            }
            assertThat(GrayContext.current()).isEqualTo(OTHER);
        }
        RpcContext.removeServerAttachment();
        assertThat(GrayContext.current()).isEqualTo(GrayContext.NONE);
    }

    @Test
    void scope_inWhichAnUndecidedRequestIsDecided_decidesItEverywhere() {
        GrayContext undecided = GrayContext.undecided("10086");
        try (GrayContext.Scope scope = GrayContext.open(undecided)) {
            try (ContextSnapshot.Scope inner = factory.captureAll().setThreadLocals()) {
                CurrentRequest.settleOpened(GRAY);
                assertThat(GrayContext.current()).isEqualTo(GRAY);
            }
            assertThat(GrayContext.current()).isEqualTo(GRAY);
        }
        assertThat(GrayContext.current()).isEqualTo(GrayContext.NONE);
    }

    @Test
    void clearMissing_hidesTheServedRequestForTheScopeOnly() {
        ContextSnapshot none = clearing.captureAll();
        serve();
        try (ContextSnapshot.Scope scope = none.setThreadLocals()) {
            assertThat(GrayContext.current()).isEqualTo(GrayContext.NONE);
        }
        assertThat(GrayContext.current()).isEqualTo(GRAY);
    }

    private ContextSnapshot captured(GrayContext context) {
        try (GrayContext.Scope scope = GrayContext.open(context)) {
            return clearing.captureAll();
        }
    }
}
