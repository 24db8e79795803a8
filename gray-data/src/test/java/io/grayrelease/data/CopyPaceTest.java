package io.grayrelease.data;

import java.time.Duration;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class CopyPaceTest {
    private static final CopySettings SETTINGS =
            CopySettings.DEFAULTS.chunkRows(100, 5_000).chunkTime(Duration.ofMillis(500));

    @Test
    void chunkSize_whereChunksAreFast_growsToTheMost() {
        ChunkSize size = new ChunkSize(SETTINGS);
        assertThat(size.rows()).isEqualTo(1_000);

        size.took(1_000, millis(10));
        assertThat(size.rows()).isEqualTo(2_000);
        size.took(2_000, millis(400));
        assertThat(size.rows()).isEqualTo(2_500);
        size.took(2_500, millis(1));
        size.took(5_000, millis(1));
        assertThat(size.rows()).isEqualTo(5_000);
    }

    @Test
    void chunkSize_whereChunksAreSlowOrFail_shrinksToTheLeast() {
        ChunkSize size = new ChunkSize(SETTINGS);

        size.took(1_000, millis(700));
        assertThat(size.rows()).isEqualTo(714);
        size.took(714, millis(20_000));
        assertThat(size.rows()).isEqualTo(357);
        size.failed();
        assertThat(size.rows()).isEqualTo(178);
        size.failed();
        assertThat(size.rows()).isEqualTo(100);
    }

    @Test
    void chunkSize_underALimit_isNoMoreThanASecondsRows() {
        assertThat(new ChunkSize(SETTINGS.rowsPerSecond(300)).rows()).isEqualTo(300);
        assertThat(new ChunkSize(SETTINGS.rowsPerSecond(3)).rows()).isEqualTo(100);
    }

    @Test
    void throttle_overSeveralThreads_addsUp() {
        Throttle throttle = new Throttle(1_000);

        assertThat(throttle.rows(500)).isBetween(400L, 500L);
        assertThat(throttle.rows(500)).isBetween(800L, 1_000L);
        assertThat(new Throttle(Integer.MAX_VALUE).rows(20_000)).isZero();
    }

    @Test
    void pace_ofAJob_isOfItsLastSeconds() {
        Job job = Job.begun(1, 100_000, 1_000).claimed(null, 1_000);

        Job first = job.counted(1_000, 1_000, true, 2_000);
        assertThat(first.pace.rowsPerSecond).isEqualTo(1_000);
        Job window = first.counted(9_000, 9_000, true, 6_000);
        assertThat(window.pace.rowsPerSecond).isEqualTo(2_000);
        Job slower = window.counted(5_000, 5_000, true, 16_000);
        assertThat(slower.pace.rowsPerSecond).isEqualTo(500);
        assertThat(CopyProgress.of(slower).timeLeft()).contains(Duration.ofSeconds(170));
    }

    @Test
    void pace_afterAPause_doesNotCountThePause() {
        Job job = Job.begun(1, 100_000, 1_000).claimed(null, 1_000).counted(1_000, 1_000, true, 2_000);

        Job resumed = job.claimed(null, 10_000_000).counted(1_000, 1_000, true, 10_001_000);
        assertThat(resumed.pace.rowsPerSecond).isEqualTo(1_000);
    }

    @Test
    void settings_thatCannotBe_areRefused() {
        assertThatThrownBy(() -> SETTINGS.chunkRows(0)).hasMessage("found 0, expected 1 to 50000");
        assertThatThrownBy(() -> SETTINGS.chunkRows(10, 9)).hasMessage("found 9, expected 10 to 50000");
        assertThatThrownBy(() -> SETTINGS.workers(33)).hasMessage("found 33, expected 1 to 32");
        assertThatThrownBy(() -> SETTINGS.lease(Duration.ofMillis(1))).hasMessage("found 1, expected 10 to 600000");
    }

    private static long millis(long millis) {
        return Duration.ofMillis(millis).toNanos();
    }
}
