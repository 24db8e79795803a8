package io.grayrelease.policy.decide;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import io.grayrelease.policy.decide.DataRead.Reason;
import io.grayrelease.policy.model.DataMigration;
import io.grayrelease.policy.model.DataPhase;
import io.grayrelease.policy.model.Tags;

import static org.assertj.core.api.Assertions.assertThat;

class DataReadTest {
    private static final Tags GRAY = Tags.of("S", "T");

    private static DataRead read(DataPhase phase, boolean on, Tags tags) {
        return DataRead.of(DataMigration.of("order-v2", phase, "T"), on, tags);
    }

    @ParameterizedTest
    @CsvSource({"OLD_ONLY, old", "CAPTURE, old", "NEW_PRIMARY, new", "NEW_ONLY, new"})
    void phaseWithOneStoreToRead_hasAllReadIt_whateverTheirTags_switchedOffToo(DataPhase phase, String store) {
        for (Tags tags : new Tags[] {Tags.NONE, GRAY}) {
            for (boolean on : new boolean[] {true, false}) {
                assertThat(read(phase, on, tags).store()).isEqualTo(store);
            }
        }
        assertThat(read(phase, true, GRAY).why())
                .isEqualTo("in phase " + phase + " everybody reads the " + store + " store");
    }

    @Test
    void grayRead_hasOnlyTheTagReadTheNewStore() {
        DataRead gray = read(DataPhase.GRAY_READ, true, GRAY);
        assertThat(gray.isNew()).isTrue();
        assertThat(gray.why()).isEqualTo("in phase GRAY_READ the tag T reads the new store");

        DataRead other = read(DataPhase.GRAY_READ, true, Tags.of("S"));
        assertThat(other.isNew()).isFalse();
        assertThat(other.why()).isEqualTo("in phase GRAY_READ only the tag T reads the new store");
    }

    @Test
    void grayRead_switchedOff_hasEverybodyReadTheOldStore_asCarriedTagsRouteToBaseline() {
        DataRead read = read(DataPhase.GRAY_READ, false, GRAY);

        assertThat(read.reason()).isEqualTo(Reason.SWITCHED_OFF);
        assertThat(read.store()).isEqualTo("old");
        assertThat(read.why()).isEqualTo("in phase GRAY_READ with gray.switch off nobody reads the new store");
    }

    @Test
    void grayRead_withoutATag_hasNobodyReadTheNewStore() {
        DataRead read = DataRead.of(DataMigration.of("order-v2", DataPhase.GRAY_READ, null), true, GRAY);

        assertThat(read.isNew()).isFalse();
        assertThat(read.why()).isEqualTo("in phase GRAY_READ without read=<tag> nobody reads the new store");
    }

    /** Who orders the writes must not depend on a request. */
    @ParameterizedTest
    @EnumSource(DataPhase.class)
    void primary_changesBetweenGrayReadAndNewPrimaryOnly(DataPhase phase) {
        assertThat(phase.isNewPrimary()).isEqualTo(phase == DataPhase.NEW_PRIMARY || phase == DataPhase.NEW_ONLY);
    }
}
