package io.grayrelease.data;

import java.time.Duration;
import java.util.Locale;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import io.grayrelease.policy.model.DataPhase;
import io.grayrelease.policy.model.GrayPolicy;
import io.grayrelease.policy.model.Snapshot;
import io.grayrelease.policy.parse.PolicyParser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** What people read of a migration that starts. */
class SaidAtStartTest {
    @ParameterizedTest
    @MethodSource("io.grayrelease.data.Pair#installed")
    void start_isToldInOneLine(Pair pair) throws Exception {
        try (Said said = new Said(Migration.class);
                TwoStores stores = pair.stores();
                Migration<Long, Order> service = builder(
                                "told-" + pair.name().toLowerCase(Locale.ROOT).replace('_', '-'), stores)
                        .phase(() -> DataPhase.OLD_ONLY)
                        .start()) {
            assertThat(said.containing("gray: " + service + " is active: "))
                    .singleElement()
                    .asString()
                    .contains("the old store has orders on ", "the new store has orders_v2 on ", "wish OLD_ONLY")
                    .endsWith("fact OLD_ONLY, epoch 1, OPEN");
        }
    }

    @Test
    void policyThatHasOtherMigrationsOnly_isToldOnce() throws Exception {
        GrayPolicy policy = PolicyParser.parse(Snapshot.of(Map.of("gray.data.misspelld", "CAPTURE")))
                .policy();
        try (Said said = new Said(Steward.class);
                TwoStores stores = Pair.H2.stores();
                Migration<Long, Order> unused = builder("misspelled", stores)
                        .policy(() -> policy)
                        .withSteward(Duration.ofMillis(20))
                        .start()) {
            String words = "found no gray.data.misspelled in the policy, but keys of misspelld";
            await().until(() -> !said.containing(words).isEmpty());
            await().during(Duration.ofMillis(300))
                    .untilAsserted(() -> assertThat(said.containing(words)).hasSize(1));
        }
    }

    private static MigrationBuilder<Long, Order> builder(String name, TwoStores stores) {
        return Migration.of(name, stores.old().source(), stores.ofNew().source(), OrderMapper.NEW);
    }
}
