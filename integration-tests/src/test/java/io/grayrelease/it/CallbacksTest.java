package io.grayrelease.it;

import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

import io.grayrelease.dubbo.context.GrayContext;
import io.grayrelease.policy.model.Tags;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** What callbacks, opened requests and completing threads carry, and what they keep. */
class CallbacksTest {
    private static final GrayContext T = GrayContext.decided(Tags.of("T"), "7");
    private static final GrayContext U = GrayContext.decided(Tags.of("U"), null);
    private static final String CLEAN = GrayContext.NONE + " MDC null";

    @TestInstance(TestInstance.Lifecycle.PER_CLASS)
    abstract static class Promises {
        private final String protocol;
        private AsyncChain chain;
        private Echo echo;

        Promises(String protocol) {
            this.protocol = protocol;
        }

        @BeforeAll
        void start(@TempDir Path folder) throws Exception {
            chain = new AsyncChain(folder, protocol);
            echo = chain.echo();
        }

        @AfterAll
        void stop() throws Exception {
            chain.close();
        }

        @AfterEach
        void nothingIsLeft() throws Exception {
            assertThat(AsyncChain.left()).isEqualTo(CLEAN);
            await().untilAsserted(() -> assertThat(chain.leftOnPool()).isEqualTo(CLEAN));
            assertThat(chain.foundByLaterCallbacks()).containsExactly("null");
        }

        @Test
        void severalAsyncCallsInACallback_allCarry() {
            assertThat(chain.serve(() -> echo.seenAsync().thenCompose(first -> echo.seenAsync()
                            .thenCombine(echo.seenAsync(), (second, third) -> first + " " + second + " " + third))))
                    .isEqualTo("T/7 T/7 T/7");
        }

        @Test
        void syncAfterAsyncInACallback_carries() {
            assertThat(chain.serve(() -> echo.seenAsync().thenApply(first -> {
                        CompletableFuture<String> second = echo.seenAsync();
                        return first + " " + echo.seen() + " " + second.join();
                    })))
                    .isEqualTo("T/7 T/7 T/7");
        }

        @Test
        void openedOnABareThread_itsCallbacksCarryIt() {
            CompletableFuture<String> seen;
            try (GrayContext.Scope scope = GrayContext.open(T)) {
                seen = echo.seenAsync().thenCompose(first -> echo.seenAsync()
                        .thenCombine(echo.seenAsync(), (second, third) -> first + " " + second + " " + third));
            }
            assertThat(seen.join()).isEqualTo("T/7 T/7 T/7");
        }

        @Test
        void openedInACallback_doesNotReachTheThreadOfTheRequest() {
            assertThat(chain.serve(() -> {
                        CountDownLatch opened = new CountDownLatch(1);
                        CompletableFuture<String> other = echo.seenAsync().thenCompose(first -> {
                            try (GrayContext.Scope scope = GrayContext.open(U)) {
                                CompletableFuture<String> held = echo.held();
                                opened.countDown();
                                return held;
                            }
                        });
                        awaitLatch(opened);
                        String own = echo.seen();
                        chain.release(1);
                        return other.thenApply(seen -> own + " " + seen);
                    }))
                    .isEqualTo("T/7 U/null");
        }

        @Test
        void openedOnTheThreadOfTheRequest_doesNotReachARunningCallback() {
            assertThat(chain.serve(() -> {
                        CountDownLatch calling = new CountDownLatch(1);
                        CompletableFuture<String> other = echo.seenAsync().thenApply(first -> {
                            awaitLatch(calling);
                            return echo.seen();
                        });
                        try (GrayContext.Scope scope = GrayContext.open(U)) {
                            CompletableFuture<String> held = echo.held();
                            calling.countDown();
                            String seen = other.join();
                            chain.release(1);
                            return held.thenApply(own -> own + " " + seen);
                        }
                    }))
                    .isEqualTo("U/null T/7");
        }

        @Test
        void taskOfNoRequest_runInAServedOne_isNoPartOfIt() {
            Supplier<String> job = echo::seen;
            Supplier<String> wrapped = GrayContext.wrap(job);

            assertThat(chain.serve(() -> CompletableFuture.completedFuture(wrapped.get())))
                    .isEqualTo("-/null");
        }

        @Test
        void openedWithoutUid_doesNotTakeThatOfTheServedRequest() {
            assertThat(chain.serve(() -> {
                        try (GrayContext.Scope scope = GrayContext.open(U)) {
                            return CompletableFuture.completedFuture(echo.seen());
                        }
                    }))
                    .isEqualTo("U/null");
        }

        @Test
        void openedUndecided_isDecidedByItsFirstCall_whereverThatIsMade() throws Exception {
            chain.chain().policy("rule.1-t", "method == seen => T", "route.T", "x.Y:2.0.0");
            try (GrayContext.Scope scope = GrayContext.open(GrayContext.undecided("9"))) {
                String first = GrayContext.wrap(chain.pool()).submit(echo::seen).get();

                assertThat(first).isEqualTo("T/9");
                assertThat(echo.seenAsync().join()).isEqualTo("T/9");
            } finally {
                chain.chain().policy("rule.1-t", "uid == 7 => T", "route.T", "x.Y:2.0.0", "route.U", "x.Y:3.0.0");
            }
        }

        @Test
        void answerCompletedByAThreadOfTheService_leavesNothingThere() throws Exception {
            try (GrayContext.Scope scope = GrayContext.open(T)) {
                assertThat(echo.pooled().join()).isEqualTo("T/7");
                assertThat(chain.local().pooled().join()).isEqualTo("T/7");
                assertThat(GrayContext.current()).isEqualTo(T);
            }
            await().untilAsserted(() ->
                    assertThat(chain.pool().submit(echo::seen).get()).isEqualTo("-/null"));
        }

        @Test
        void wrappedFunctionInACallback_leavesNoLogTag() {
            Function<String, String> same = seen -> seen;
            assertThat(chain.serve(() -> echo.seenAsync().thenApply(GrayContext.wrap(same))))
                    .isEqualTo("T/7");
        }

        private static void awaitLatch(CountDownLatch latch) {
            try {
                assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    @Nested
    class OverDubbo extends Promises {
        OverDubbo() {
            super("dubbo");
        }
    }

    @Nested
    class OverTriple extends Promises {
        OverTriple() {
            super("tri");
        }
    }
}
