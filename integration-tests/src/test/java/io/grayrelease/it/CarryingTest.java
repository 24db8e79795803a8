package io.grayrelease.it;

import java.nio.file.Path;
import java.util.List;

import org.apache.curator.test.TestingServer;
import org.apache.dubbo.rpc.RpcContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

import io.grayrelease.dubbo.context.GrayContext;
import io.grayrelease.policy.model.Tags;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What travels with a call, and who has the last word on it. */
class CarryingTest {
    private static final String BOTH = Chain.ORDER + ":2.0.0, " + Chain.STOCK + ":2.0.0";

    @TestInstance(TestInstance.Lifecycle.PER_CLASS)
    abstract static class Promises {
        private final String protocol;
        private TestingServer zooKeeper;
        private Chain chain;

        Promises(String protocol) {
            this.protocol = protocol;
        }

        @BeforeAll
        void start(@TempDir Path folder) throws Exception {
            zooKeeper = new TestingServer(true);
            chain = new Chain(zooKeeper.getConnectString(), folder, "instance", protocol);
            chain.write("switch", "on");
            chain.stock("1.0.0").stock("2.0.0").order("1.0.0").order("2.0.0").consumer();
            chain.awaitPaths(paths -> paths.size() == 4);
        }

        @AfterAll
        void stop() throws Exception {
            chain.close();
            zooKeeper.close();
        }

        @BeforeEach
        void publish() {
            chain.policy(
                    "rule.1-testers", "uid in (7, \"张三\") => T", "route.T", BOTH, "route.U", Chain.ORDER + ":2.0.0");
        }

        @AfterEach
        void nothingIsLeftOnThisThread() {
            assertThat(RpcContext.getClientAttachment().getObjectAttachments()).isEmpty();
            assertThat(GrayContext.current()).isEqualTo(GrayContext.NONE);
            StockService.FAILURES.set(0);
        }

        @Test
        void carriedTag_isNeverDecidedAgain() {
            assertThat(chain.paths(8, "gray-tag", "U", "uid", "7")).containsExactly("order 2.0.0 > stock 1.0.0");
            assertThat(chain.paths(8, "gray-tag", "-", "uid", "7")).containsExactly("order 1.0.0 > stock 1.0.0");
        }

        @Test
        void malformedTag_isABaselineCallOnEveryHop() {
            for (String malformed : List.of("T,,", "T;U", "baseline", "a b", ",")) {
                assertThat(chain.paths(4, "gray-tag", malformed, "uid", "7"))
                        .as(malformed)
                        .containsExactly("order 1.0.0 > stock 1.0.0");
                assertThat(Hop.values(chain.call("once", "gray-tag", malformed, "uid", "7"), "tag"))
                        .containsExactly("-");
            }
        }

        @Test
        void uid_isLookedForInTheKeysInOrder() {
            assertThat(chain.path("uid", "9", "gray-uid", "7")).isEqualTo("order 2.0.0 > stock 2.0.0");
            assertThat(chain.path("uid", "7", "gray-uid", "9")).isEqualTo("order 1.0.0 > stock 1.0.0");
        }

        @Test
        void uidThatIsNoAscii_isDecidedByAndNotCarried() {
            List<String> hops = chain.call("once", "uid", "张三");

            assertThat(Hop.path(hops)).startsWith("order 2.0.0 > stock 2.0.0");
            assertThat(Hop.values(hops, "uid")).containsExactly("null");
        }

        @Test
        void failover_keepsVersionAndTag() {
            StockService.FAILURES.set(1); // the retry is routed again, and both versions of the stock are there

            List<String> hops = chain.call("slow", "uid", "7");

            assertThat(Hop.path(hops)).isEqualTo("order 2.0.0 > stock 2.0.0 > order 2.0.0");
            assertThat(StockService.FAILURES).hasValue(0);
        }

        @Test
        void otherAttachments_areForwardedAsDubboDoes() {
            List<String> hops = chain.call("attachment:my-trace", "uid", "7", "my-trace", "abc");

            assertThat(hops.get(1)).contains("my-trace=abc");
        }

        @Test
        void opened_isDecidedOnceForAllCallsOfTheScope() {
            try (GrayContext.Scope scope = GrayContext.open(GrayContext.undecided("7"))) {
                assertThat(chain.paths(4)).containsExactly("order 2.0.0 > stock 2.0.0");
                assertThat(GrayContext.current().tags()).isEqualTo(Tags.of("T"));
            }
            try (GrayContext.Scope scope = GrayContext.open(GrayContext.decided(Tags.of("U"), null))) {
                assertThat(chain.paths(4, "uid", "7")).containsExactly("order 2.0.0 > stock 1.0.0");
                assertThat(chain.path("gray-tag", "T")).isEqualTo("order 2.0.0 > stock 2.0.0");
            }
            assertThat(chain.paths(4)).containsExactly("order 1.0.0 > stock 1.0.0");
        }

        @Test
        void valuesOfTheCall_areKnownToRules() {
            chain.policy(
                    "rule.1-a",
                    "caller == consumer-app && service == " + Chain.ORDER
                            + " && method == order && arg[0] == once && header[\"X-App\"] like \"ios-*\""
                            + " && attachment[\"x-app\"] == ios-17 && ip == 10.0.0.0/8 && token == secret"
                            + " && !has(cookie[\"c\"]) && !has(param[\"p\"]) => T",
                    "route.T",
                    BOTH);

            assertThat(chain.path("x-app", "ios-17", "gray-ip", "10.1.2.3", "gray-token", "secret"))
                    .isEqualTo("order 2.0.0 > stock 2.0.0");
            assertThat(chain.path("x-app", "android", "gray-ip", "10.1.2.3", "gray-token", "secret"))
                    .isEqualTo("order 1.0.0 > stock 1.0.0");
        }

        @Test
        void genericCall_isDecidedByItsRealServiceMethodAndArguments() {
            chain.policy(
                    "rule.1-a",
                    "service == " + Chain.ORDER + " && method == order && arg[0] == once => T",
                    "route.T",
                    BOTH);

            for (int i = 0; i < 4; i++) {
                Object hops = chain.genericOrder()
                        .$invoke("order", new String[] {String.class.getName()}, new Object[] {"once"});
                assertThat(hops.toString()).contains("order 2.0.0 tag=T", "stock 2.0.0 tag=T");
            }
        }

        @Test
        void failingCall_leavesNothingBehind() {
            assertThatThrownBy(() -> chain.call("broken", "uid", "7")).hasMessageContaining("on purpose");

            assertThat(chain.paths(4)).containsExactly("order 1.0.0 > stock 1.0.0");
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
