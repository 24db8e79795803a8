package io.grayrelease.policy.decide;

import org.junit.jupiter.api.Test;

import io.grayrelease.policy.model.GrayPolicy;
import io.grayrelease.policy.model.Tags;
import io.grayrelease.policy.model.VersionPattern;

import static org.assertj.core.api.Assertions.assertThat;

class DestinationTest {
    private static final GrayPolicy POLICY = TestPolicies.routes(
                    TestPolicies.route("A", "order", "2.0.0"),
                    TestPolicies.route("B", "order", "3.*", "stock-app", "2.1.0"))
            .baseline(TestPolicies.targets("pay", "1.0.0"))
            .build();

    @Test
    void tags_firstWithATargetDecides() {
        Destination order = Destination.of(POLICY, Tags.of("B", "A"), "order", null);
        assertThat(order.route()).isEqualTo(POLICY.routes().get("B"));
        assertThat(order.version()).hasToString("3.*");
        assertThat(order.reserved()).isEmpty();
    }

    @Test
    void application_isATargetToo() {
        assertThat(Destination.of(POLICY, Tags.of("A", "B"), "stock", "stock-app")
                        .version())
                .hasToString("2.1.0");
        assertThat(Destination.of(POLICY, Tags.of("A", "B"), "stock", null).route())
                .isNull();
    }

    @Test
    void baseline_isPinnedOrStaysAwayFromWhatRoutesName() {
        assertThat(Destination.of(POLICY, Tags.of("A"), "pay", null).version()).hasToString("1.0.0");
        Destination order = Destination.of(POLICY, Tags.NONE, "order", null);
        assertThat(order.version()).isNull();
        assertThat(order.reserved()).containsExactly(VersionPattern.of("2.0.0"), VersionPattern.of("3.*"));
    }

    @Test
    void versions_areThoseThatServiceRoutesAccepts() {
        Destination stock = Destination.of(POLICY, Tags.of("B"), "stock", "stock-app");
        ServiceRoutes routes = ServiceRoutes.of(POLICY, "stock");
        assertThat(routes.accepts(
                        POLICY.routes().get("B"), "stock-app", stock.version().toString()))
                .isTrue();
        for (VersionPattern reserved :
                Destination.of(POLICY, Tags.NONE, "stock", "stock-app").reserved()) {
            assertThat(routes.isBaseline("stock-app", reserved.toString())).isFalse();
        }
    }
}
