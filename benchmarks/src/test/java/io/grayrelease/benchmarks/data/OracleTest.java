package io.grayrelease.benchmarks.data;

import java.util.List;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import io.grayrelease.benchmarks.data.LoggedWrite.Kind;

import static org.assertj.core.api.Assertions.assertThat;

class OracleTest {
    private static final long KEY = 7;
    private static final long LOADED = 10;

    @Test
    void row_ofAWriteThatAnAcknowledgedOneFollowed_isLost() {
        Oracle oracle = oracle(
                write(Kind.OLD_UPSERT, 1, 0, 10, Outcome.UPDATED), write(Kind.OLD_UPSERT, 2, 11, 20, Outcome.UPDATED));

        assertThat(oracle.allowsRow(KEY, row(2))).isTrue();
        assertThat(oracle.allowsRow(KEY, row(1))).isFalse();
        assertThat(oracle.allowsRow(KEY, row(0))).isFalse();
        assertThat(oracle.allowsRow(KEY, null)).isFalse();
    }

    @Test
    void row_ofWritesSideBySide_mayBeOfEither() {
        Oracle oracle = oracle(
                write(Kind.OLD_UPSERT, 1, 0, 12, Outcome.UPDATED), write(Kind.DELETE, 2, 11, 20, Outcome.DELETED));

        assertThat(oracle.allowsRow(KEY, row(1))).isTrue();
        assertThat(oracle.allowsRow(KEY, null)).isTrue();
        assertThat(oracle.allowsRow(KEY, row(0))).isFalse();
    }

    @Test
    void row_afterADelete_isGone() {
        Oracle oracle = oracle(
                write(Kind.OLD_UPSERT, 1, 0, 10, Outcome.INSERTED), write(Kind.DELETE, 2, 11, 20, Outcome.DELETED));

        assertThat(oracle.allowsRow(KEY, null)).isTrue();
        assertThat(oracle.allowsRow(KEY, row(1))).isFalse();
    }

    @Test
    void row_ofAWriteInDoubt_mayBeThereOrNot() {
        Oracle oracle = oracle(
                write(Kind.OLD_UPSERT, 1, 0, 10, Outcome.UPDATED), write(Kind.DELETE, 2, 11, LoggedWrite.NEVER, null));

        assertThat(oracle.allowsRow(KEY, row(1))).isTrue();
        assertThat(oracle.allowsRow(KEY, null)).isTrue();
        assertThat(oracle.allowsRow(KEY, row(0))).isFalse();
    }

    @Test
    void row_thatOnlyAWriteInDoubtMet_mayBeAsItWasLoaded() {
        Oracle oracle = oracle(write(Kind.OLD_UPSERT, 1, 0, LoggedWrite.NEVER, null));

        assertThat(oracle.allowsRow(KEY, row(0))).isTrue();
        assertThat(oracle.allowsRow(KEY, null)).isFalse();
        assertThat(oracle.allowsRow(LOADED + 1, null)).isTrue();
    }

    @Test
    void deleteThatFoundNothing_countsAsNoWrite() {
        Oracle oracle = oracle(
                write(Kind.OLD_UPSERT, 1, 0, 10, Outcome.INSERTED), write(Kind.DELETE, 2, 11, 20, Outcome.NOTHING));

        assertThat(oracle.allowsRow(KEY, row(1))).isTrue();
        assertThat(oracle.allowsRow(KEY, null)).isFalse();
    }

    @Test
    void extras_surviveTheOldVersionsUpdate() {
        Oracle oracle = oracle(
                write(Kind.NEW_UPSERT, 1, 0, 10, Outcome.UPDATED), write(Kind.OLD_UPSERT, 2, 11, 20, Outcome.UPDATED));

        assertThat(oracle.allowsExtras(KEY, new State(KEY, 2, "", 1))).isTrue();
        assertThat(oracle.allowsExtras(KEY, new State(KEY, 2, "", 0))).isFalse();
    }

    @Test
    void extras_doNotOutliveTheirRow() {
        Oracle oracle = oracle(
                write(Kind.NEW_UPSERT, 1, 0, 10, Outcome.UPDATED),
                write(Kind.DELETE, 2, 11, 20, Outcome.DELETED),
                write(Kind.OLD_UPSERT, 3, 21, 30, Outcome.INSERTED));

        assertThat(oracle.allowsExtras(KEY, new State(KEY, 3, "", 0))).isTrue();
        assertThat(oracle.allowsExtras(KEY, new State(KEY, 3, "", 1))).isFalse();
    }

    private static Oracle oracle(LoggedWrite... writes) {
        return new Oracle(List.of(writes), LOADED);
    }

    private static LoggedWrite write(Kind kind, long revision, long began, long ended, @Nullable Outcome outcome) {
        return new LoggedWrite(kind, KEY, revision, began, outcome, ended);
    }

    private static State row(long revision) {
        return new State(KEY, revision, "", 0);
    }
}
