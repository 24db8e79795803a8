package io.grayrelease.it;

import java.nio.file.Path;
import java.util.List;

import org.apache.curator.test.TestingServer;
import org.apache.dubbo.rpc.RpcContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** The promises of a chained call, on both protocols and in all registration modes. */
class ChainTest {
    private static final String BOTH = Chain.ORDER + ":2.0.0, " + Chain.STOCK + ":2.0.0";

    @TestInstance(TestInstance.Lifecycle.PER_CLASS)
    abstract static class Promises {
        private final String mode;
        private final String protocol;

        private TestingServer zooKeeper;
        private Chain chain;

        Promises(String mode, String protocol) {
            this.mode = mode;
            this.protocol = protocol;
        }

        @BeforeAll
        void start(@TempDir Path folder) throws Exception {
            zooKeeper = new TestingServer(true);
            chain = new Chain(zooKeeper.getConnectString(), folder, mode, protocol);
            chain.write("switch", "on");
            chain.stock("1.0.0").stock("2.0.0").order("1.0.0").order("2.0.0").consumer();
            chain.awaitPaths(paths -> paths.size() == 4); // no route yet: everything meets everything
        }

        @AfterAll
        void stop() throws Exception {
            chain.close();
            zooKeeper.close();
        }

        @BeforeEach
        void publish() {
            chain.policy("list.testers", "7, 8", "rule.1-testers", "uid in @testers => T", "route.T", BOTH);
        }

        @Test
        void tester_goesGrayOnEveryHop_everybodyElseNever() {
            assertThat(chain.paths(12, "uid", "7")).containsExactly("order 2.0.0 > stock 2.0.0");
            assertThat(chain.paths(12, "uid", "9")).containsExactly("order 1.0.0 > stock 1.0.0");
            assertThat(chain.paths(12)).containsExactly("order 1.0.0 > stock 1.0.0");
        }

        @Test
        void everyHop_seesTheSameTagAndUid_inAttachmentsMdcAndContext() {
            List<String> hops = chain.call("thrice", "uid", "7");

            assertThat(hops).hasSize(5);
            for (String name : List.of("tag", "mdc", "current")) {
                assertThat(Hop.values(hops, name)).as(name).containsExactly("T");
            }
            assertThat(Hop.values(hops, "uid")).containsExactly("7");
            assertThat(Hop.values(chain.call("thrice", "uid", "9"), "tag")).containsExactly("-");
        }

        @Test
        void futures_onEitherSide_andCallsFromCallbacks_carryTheTag() throws Exception {
            assertThat(Hop.values(chain.call("async", "uid", "7"), "tag")).containsExactly("T");

            RpcContext.getClientAttachment().setAttachment("uid", "8");
            List<String> hops = chain.order().orderAsync("x").get();
            assertThat(hops).hasSize(3);
            assertThat(Hop.values(hops, "tag")).containsExactly("T");
            assertThat(Hop.path(hops)).isEqualTo("order 2.0.0 > stock 2.0.0 > stock 2.0.0");
        }

        @Test
        void ownThreads_carryTheTagWhenWrapped() {
            assertThat(Hop.path(chain.call("wrapped", "uid", "7")))
                    .isEqualTo("order 2.0.0 > stock 2.0.0 > order 2.0.0");
        }

        @Test
        void twoReleases_areIndependent() {
            chain.policy(
                    "rule.1-order", "uid in (7, 9) => order-v2",
                    "rule.2-stock", "uid in (8, 9) => stock-v2",
                    "route.order-v2", Chain.ORDER + ":2.0.0",
                    "route.stock-v2", "stock-app:2.*");

            assertThat(chain.paths(8, "uid", "7")).containsExactly("order 2.0.0 > stock 1.0.0");
            assertThat(chain.paths(8, "uid", "8")).containsExactly("order 1.0.0 > stock 2.0.0");
            assertThat(chain.paths(8, "uid", "9")).containsExactly("order 2.0.0 > stock 2.0.0");
            assertThat(Hop.values(chain.call("once", "uid", "9"), "tag")).containsExactly("order-v2,stock-v2");
        }

        @Test
        void anyTarget_meansEveryService() {
            chain.policy("rule.1-a", "uid == 7 => T", "route.T", "*:2.0.0");

            assertThat(chain.paths(8, "uid", "7")).containsExactly("order 2.0.0 > stock 2.0.0");
            assertThat(chain.paths(8)).containsExactly("order 1.0.0 > stock 1.0.0");
        }

        @Test
        void switchedOff_everybodyIsBaseline_evenThoseWhoCarryATag() {
            chain.policy("switch", "off", "rule.1-a", "true => T", "route.T", BOTH);

            assertThat(chain.paths(8, "uid", "7")).containsExactly("order 1.0.0 > stock 1.0.0");
            assertThat(chain.paths(8, "gray-tag", "T")).containsExactly("order 1.0.0 > stock 1.0.0");
        }

        @Test
        void pinnedBaseline_isWhereUntaggedCallsGo() {
            chain.policy("baseline", Chain.ORDER + ":2.0.0, stock-app:1.0.0");

            assertThat(chain.paths(8)).containsExactly("order 2.0.0 > stock 1.0.0");
        }
    }

    @Nested
    class DubboInterface extends Promises {
        DubboInterface() {
            super("interface", "dubbo");
        }
    }

    @Nested
    class DubboInstance extends Promises {
        DubboInstance() {
            super("instance", "dubbo");
        }
    }

    @Nested
    class DubboAll extends Promises {
        DubboAll() {
            super("all", "dubbo");
        }
    }

    @Nested
    class TripleInterface extends Promises {
        TripleInterface() {
            super("interface", "tri");
        }
    }

    @Nested
    class TripleInstance extends Promises {
        TripleInstance() {
            super("instance", "tri");
        }
    }

    @Nested
    class TripleAll extends Promises {
        TripleAll() {
            super("all", "tri");
        }
    }
}
