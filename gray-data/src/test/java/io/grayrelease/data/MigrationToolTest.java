package io.grayrelease.data;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import io.grayrelease.policy.model.DataPhase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

class MigrationToolTest {
    private static final String PAIRS = "io.grayrelease.data.Pair#installed";

    @ParameterizedTest
    @MethodSource(PAIRS)
    void status_ofAMigration_saysWhereItIsAndWhatIsMissing(Pair pair) throws Exception {
        try (TwoStores stores = pair.stores();
                Migration<Long, Order> service = stores.service(OrderMapper.NEW)
                        .phase(() -> DataPhase.GRAY_READ)
                        .withSteward()
                        .start()) {
            service.write(tx -> tx.insert(Order.of(1, "Ann", "1")));
            MigrationTool tool = stores.tool();
            await().until(() -> tool.status().processes().size() == 1);
            MigrationStatus status = tool.status();

            assertThat(status.phase()).isEqualTo(DataPhase.CAPTURE);
            assertThat(status.epoch()).isEqualTo(1);
            assertThat(status.isOpen()).isTrue();
            assertThat(status.next()).contains(DataPhase.GRAY_READ);
            assertThat(status.shut()).singleElement().asString().contains("copy");
            assertThat(status.deadLetters()).contains(0);
            assertThat(status.processes().get(0).wish()).isEqualTo("GRAY_READ");
            assertThat(status.processes().get(0).isAlive()).isTrue();
            assertThat(TableText.write(tool.table())).isEqualTo(TableText.write(OrderMapper.TABLE));
        }
    }

    @Test
    void open_whereNoServiceHasRun_isRefused() throws Exception {
        try (TwoStores stores = Pair.H2.stores()) {
            assertThatThrownBy(() -> stores.tool())
                    .hasMessageContaining("found no table in gray_table of the old store");
        }
    }
}
