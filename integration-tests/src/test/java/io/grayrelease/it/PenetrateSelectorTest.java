package io.grayrelease.it;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import org.apache.curator.test.TestingServer;
import org.apache.dubbo.rpc.Invocation;
import org.apache.dubbo.rpc.PenetrateAttachmentSelector;
import org.apache.dubbo.rpc.RpcContextAttachment;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** An application whose own selector forwards nothing switches off Dubbo's forwarding, and keeps the tag all the same. */
class PenetrateSelectorTest {
    /** Forwards nothing. */
    public static final class Nothing implements PenetrateAttachmentSelector {
        @Override
        public Map<String, Object> select(
                Invocation invocation, RpcContextAttachment client, RpcContextAttachment server) {
            return Map.of();
        }

        @Override
        public Map<String, Object> selectReverse(
                Invocation invocation, RpcContextAttachment client, RpcContextAttachment server) {
            return Map.of();
        }
    }

    @Test
    void selectorThatForwardsNothing_keepsTheTag(@TempDir Path folder) throws Exception {
        try (TestingServer zooKeeper = new TestingServer(true);
                Chain chain = new Chain(zooKeeper.getConnectString(), folder, "instance", "dubbo")) {
            chain.write("rule.1-a", "uid == 7 => T", "route.T", Chain.STOCK + ":2.0.0");
            chain.stock("1.0.0").stock("2.0.0");
            chain.order("1.0.0", app -> app.bootstrap()
                    .getApplicationModel()
                    .getExtensionLoader(PenetrateAttachmentSelector.class)
                    .addExtension("nothing", Nothing.class));
            chain.consumer();
            chain.awaitPaths(List.of("order 1.0.0 > stock 1.0.0")::equals);

            assertThat(chain.call("attachment:other", "uid", "7", "other", "x").get(1))
                    .as("the selector is in charge")
                    .contains("other=null")
                    .contains("tag=T uid=7");
            assertThat(chain.paths(8, "uid", "7")).containsExactly("order 1.0.0 > stock 2.0.0");
        }
    }
}
