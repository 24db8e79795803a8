package io.grayrelease.it;

import java.nio.file.Path;
import java.util.List;

import org.apache.curator.test.TestingServer;
import org.apache.dubbo.rpc.RpcException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What happens when the providers that a call wants are not there. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FallbackTest {
    private static final String RULE = "uid == 7 => T";

    private TestingServer zooKeeper;
    private Chain chain;

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        zooKeeper = new TestingServer(true);
        chain = new Chain(zooKeeper.getConnectString(), folder, "all", "dubbo");
        chain.write("switch", "on");
        chain.stock("1.0.0").stock("2.0.0").order("1.0.0").consumer();
        chain.awaitPaths(paths -> paths.size() == 2);
    }

    @AfterAll
    void stop() throws Exception {
        chain.close();
        zooKeeper.close();
    }

    @Test
    void baselineFallback_goesToBaselineAndComesBack() {
        chain.policy("rule.1-a", RULE, "route.T", Chain.STOCK + ":2.0.0");
        assertThat(chain.paths(8, "uid", "7")).containsExactly("order 1.0.0 > stock 2.0.0");

        chain.stop("stock 2.0.0");
        chain.awaitPaths(List.of("order 1.0.0 > stock 1.0.0")::equals, "uid", "7");
        assertThat(Hop.values(chain.call("once", "uid", "7"), "tag")).containsExactly("T");

        chain.stock("2.0.0");
        chain.awaitPaths(List.of("order 1.0.0 > stock 2.0.0")::equals, "uid", "7");
        assertThat(chain.paths(8)).containsExactly("order 1.0.0 > stock 1.0.0");
    }

    @Test
    void strictFallback_isDubbosNoProviderErrorThatNamesTagServiceAndVersion() {
        chain.policy("rule.1-a", RULE, "route.T", Chain.ORDER + ":5.0.0 ; fallback=strict");

        assertThatThrownBy(() -> chain.path("uid", "7"))
                .isInstanceOfSatisfying(RpcException.class, e -> assertThat(e.isNoInvokerAvailableAfterFilter())
                        .isTrue())
                .hasMessageContainingAll("tag T", Chain.ORDER, "5.0.0", "strict", "No provider available");
        assertThat(chain.paths(8)).containsExactly("order 1.0.0 > stock 1.0.0", "order 1.0.0 > stock 2.0.0");
    }

    @Test
    void strictFallback_inTheMiddle_failsThatHopOnly() {
        chain.policy("rule.1-a", RULE, "route.T", "stock-app:5.0.0 ; fallback=strict");

        assertThatThrownBy(() -> chain.path("uid", "7")).hasMessageContainingAll("tag T", Chain.STOCK, "5.0.0");
    }

    @Test
    void noBaselineProvider_anyProviderIsBetterThanNone() {
        chain.policy("rule.1-a", RULE, "route.T", Chain.ORDER + ":1.0.0");

        assertThat(chain.path()).startsWith("order 1.0.0");
    }

    @Test
    void noBaselineProvider_fails_whereThePolicySaysSo() {
        chain.policy("rule.1-a", RULE, "route.T", Chain.ORDER + ":1.0.0", "when-baseline-empty", "fail");

        assertThatThrownBy(() -> chain.path())
                .isInstanceOf(RpcException.class)
                .hasMessageContainingAll("no baseline provider", Chain.ORDER, "when-baseline-empty=fail");
        assertThat(chain.path("uid", "7")).startsWith("order 1.0.0");
    }
}
