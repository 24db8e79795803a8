package io.grayrelease.policy.decide;

import java.util.List;

import org.junit.jupiter.api.Test;

import io.grayrelease.policy.model.GrayPolicy;
import io.grayrelease.policy.model.Route;

import static io.grayrelease.policy.decide.TestPolicies.policy;
import static io.grayrelease.policy.decide.TestPolicies.route;
import static io.grayrelease.policy.decide.TestPolicies.routes;
import static io.grayrelease.policy.decide.TestPolicies.targets;
import static org.assertj.core.api.Assertions.assertThat;

class ServiceRoutesTest {
    private static final String SERVICE = "com.acme.OrderService";

    private static ServiceRoutes of(GrayPolicy.Builder policy) {
        return ServiceRoutes.of(policy.build(), SERVICE);
    }

    @Test
    void route_decidesServicesItHasATargetFor() {
        ServiceRoutes routes = of(policy());

        assertThat(routes.decides(route("T", SERVICE, "2"), List.of())).isTrue();
        assertThat(routes.decides(route("T", "order-app", "2"), List.of("x", "order-app")))
                .isTrue();
        assertThat(routes.decides(route("T", "order-app", "2"), List.of("x"))).isFalse();
        assertThat(routes.decides(route("T", "*", "2"), List.of())).isTrue();
        assertThat(routes.decides(route("T", "com.acme.Order", "2"), List.of())).isFalse();
    }

    @Test
    void interfaceTarget_winsOverApplicationOverAny() {
        Route route = route("T", "*", "3", "order-app", "2", SERVICE, "1");
        ServiceRoutes routes = of(policy());

        assertThat(routes.accepts(route, "order-app", "1")).isTrue();
        assertThat(routes.accepts(route, "order-app", "2")).isFalse();
        assertThat(routes.accepts(route("T", "*", "3", "order-app", "2"), "order-app", "2"))
                .isTrue();
        assertThat(routes.accepts(route("T", "*", "3", "order-app", "2"), "order-app", "3"))
                .isFalse();
        assertThat(routes.accepts(route("T", "*", "3", "order-app", "2"), "other", "3"))
                .isTrue();
    }

    @Test
    void baseline_isWhatNoRouteNames() {
        ServiceRoutes routes = of(routes(route("T", SERVICE, "2.*"), route("U", "order-app", "3")));

        assertThat(routes.isBaseline("order-app", "1")).isTrue();
        assertThat(routes.isBaseline("order-app", null)).isTrue();
        assertThat(routes.isBaseline("order-app", "2.1")).isFalse();
        assertThat(routes.isBaseline("order-app", "20")).isTrue();
        assertThat(routes.isBaseline("order-app", "3")).isFalse();
        assertThat(routes.isBaseline("other-app", "3")).isTrue();
    }

    @Test
    void anyTarget_reservesItsVersionForEveryServiceEvenWhereAnotherTargetWins() {
        ServiceRoutes routes = of(routes(route("T", SERVICE, "2", "*", "3")));

        assertThat(routes.isBaseline("a", "2")).isFalse();
        assertThat(routes.isBaseline("a", "3")).isFalse();
        assertThat(routes.isBaseline("a", "1")).isTrue();
    }

    @Test
    void switchedOff_stillReserves() {
        assertThat(of(routes(route("T", SERVICE, "2")).on(false)).isBaseline("a", "2"))
                .isFalse();
    }

    @Test
    void pinned_isTheOnlyBaselineEvenIfARouteNamesIt() {
        ServiceRoutes routes = of(routes(route("T", SERVICE, "2")).baseline(targets(SERVICE, "2")));

        assertThat(routes.isBaseline("a", "2")).isTrue();
        assertThat(routes.isBaseline("a", "1")).isFalse();
        assertThat(routes.isBaseline("a", null)).isFalse();
    }

    @Test
    void pinnedApplication_leavesOthersAsTheyWere() {
        ServiceRoutes routes = of(routes(route("T", SERVICE, "2")).baseline(targets("a", "1")));

        assertThat(routes.isBaseline("a", "3")).isFalse();
        assertThat(routes.isBaseline("b", "3")).isTrue();
        assertThat(routes.isBaseline("b", "2")).isFalse();
    }
}
