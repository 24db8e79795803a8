package io.grayrelease.data;

import java.nio.file.Path;
import java.util.Map;

import org.apache.dubbo.config.ApplicationConfig;
import org.apache.dubbo.rpc.model.ApplicationModel;
import org.apache.dubbo.rpc.model.FrameworkModel;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.grayrelease.dubbo.context.GrayApplication;
import io.grayrelease.dubbo.context.GrayContext;
import io.grayrelease.policy.model.DataPhase;
import io.grayrelease.policy.model.Snapshot;
import io.grayrelease.policy.model.Tags;

import static org.assertj.core.api.Assertions.assertThat;

/** A service with Dubbo and gray-dubbo-context says nothing, and follows its application's policy. */
class DubboWishTest {
    private static final String CACHE = "dubbo.gray.cache-dir";

    @TempDir
    Path cache;

    @AfterEach
    void end() {
        System.clearProperty(CACHE);
        FrameworkModel.destroyAll();
    }

    @Test
    void wish_inADubboService_isOfItsPolicyAndItsTags() throws Exception {
        System.setProperty(CACHE, cache.toString());
        try (TwoStores stores = Pair.H2.stores()) {
            Wish wish = Migration.of(
                            "order-v2", stores.old().source(), stores.ofNew().source(), OrderMapper.NEW)
                    .wish();
            assertThat(wish.phase()).isNull();

            ApplicationModel model = ApplicationModel.defaultModel();
            model.getApplicationConfigManager().setApplication(new ApplicationConfig("orders"));
            GrayApplication.of(model)
                    .repository()
                    .offer(Snapshot.of(Map.of(
                            "gray.route.v2",
                            "com.acme.OrderService:2.0.0",
                            "gray.data.order-v2",
                            "GRAY_READ; read=v2")));

            assertThat(wish.phase()).isEqualTo(DataPhase.GRAY_READ);
            assertThat(wish.readsNew()).isFalse();
            try (GrayContext.Scope scope = GrayContext.open(GrayContext.decided(Tags.of("v2"), null))) {
                assertThat(wish.readsNew()).isTrue();
            }
        }
    }
}
