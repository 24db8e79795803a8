package io.grayrelease.data;

import java.time.Duration;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

import io.grayrelease.policy.model.DataPhase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

class StewardTest {
    private static final String PAIRS = "io.grayrelease.data.Pair#installed";

    @ParameterizedTest
    @CsvSource({
        "OLD_ONLY, NEW_PRIMARY, CAPTURE",
        "CAPTURE, NEW_PRIMARY, GRAY_READ",
        "GRAY_READ, NEW_ONLY, NEW_PRIMARY",
        "NEW_PRIMARY, OLD_ONLY, GRAY_READ",
        "GRAY_READ, OLD_ONLY, OLD_ONLY",
        "GRAY_READ, CAPTURE, CAPTURE"
    })
    void next_isOneStepTowardsTheWish(DataPhase from, DataPhase wish, DataPhase next) {
        assertThat(Steward.next(from, wish)).isEqualTo(next);
    }

    @Test
    void next_whereThereIsNone_isNone() {
        assertThat(Steward.next(DataPhase.CAPTURE, DataPhase.CAPTURE)).isNull();
        assertThat(Steward.next(DataPhase.NEW_ONLY, DataPhase.OLD_ONLY)).isNull();
        assertThat(Steward.next(DataPhase.CAPTURE, null)).isNull();
    }

    @ParameterizedTest
    @MethodSource(PAIRS)
    void fact_followsTheWish_whereItsGateIsOpen(Pair pair) throws Exception {
        DataPhase[] wish = {DataPhase.OLD_ONLY};
        try (TwoStores stores = pair.stores()) {
            stores.phase(DataPhase.OLD_ONLY);
            try (Migration<Long, Order> service = stores.service(OrderMapper.NEW)
                    .phase(() -> wish[0])
                    .withSteward()
                    .start()) {
                service.write(tx -> tx.insert(Order.of(1, "Ann", "1")));
                wish[0] = DataPhase.GRAY_READ;
                awaitFact(stores, DataPhase.CAPTURE);
                CopyTest.awaitDone(service.copy(CopySettings.DEFAULTS));
                awaitFact(stores, DataPhase.GRAY_READ);
                stores.assertNothingDiffers();

                wish[0] = DataPhase.OLD_ONLY;
                awaitFact(stores, DataPhase.OLD_ONLY);
            }
        }
    }

    static void awaitFact(TwoStores stores, DataPhase phase) {
        await().atMost(Duration.ofSeconds(20))
                .pollInterval(Duration.ofMillis(50))
                .until(() -> stores.fact().phase() == phase);
    }
}
