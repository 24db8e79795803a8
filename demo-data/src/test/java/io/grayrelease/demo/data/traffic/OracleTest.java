package io.grayrelease.demo.data.traffic;

import java.math.BigDecimal;
import java.util.Optional;

import org.junit.jupiter.api.Test;

import io.grayrelease.demo.data.api.Order;

import static org.assertj.core.api.Assertions.assertThat;

class OracleTest {
    private static final Order BY_NEW =
            new Order(7, "customer-1", new BigDecimal("1.00"), "write 1", "app", "coupon-1");
    private static final Order BY_OLD = new Order(7, "customer-2", new BigDecimal("2.00"), "write 2", "shop", null);

    private final Oracle oracle = new Oracle(10);

    @Test
    void untouchedOrder_isAsItWasLoaded() {
        assertThat(oracle.possible(10)).containsExactly(Optional.of(FirstOrders.of(10)));
        assertThat(oracle.possible(11)).containsExactly(Optional.empty());
    }

    @Test
    void oldVersion_keepsWhatTheNewOneWrote_andPlacesDefaults() {
        oracle.happened(7, Effect.changed(true, BY_NEW));
        oracle.happened(7, Effect.changed(false, BY_OLD));
        assertThat(oracle.possible(7)).containsExactly(Optional.of(BY_OLD.with("app", "coupon-1")));

        oracle.happened(7, Effect.cancelled());
        assertThat(oracle.possible(7)).containsExactly(Optional.empty());

        oracle.happened(7, Effect.placed(false, BY_OLD));
        assertThat(oracle.possible(7)).containsExactly(Optional.of(BY_OLD.with("web", null)));
    }

    @Test
    void failedCall_leavesItOpen_untilTheNextOne() {
        oracle.happened(7, Effect.none(), Effect.cancelled());
        assertThat(oracle.possible(7)).containsExactlyInAnyOrder(Optional.of(FirstOrders.of(7)), Optional.empty());

        oracle.happened(7, Effect.placed(true, BY_NEW));
        assertThat(oracle.possible(7)).containsExactly(Optional.of(BY_NEW));
    }

    @Test
    void newOrder_isTheHighest() {
        oracle.happened(42, Effect.placed(true, BY_NEW));

        assertThat(oracle.highest()).isEqualTo(42);
    }
}
