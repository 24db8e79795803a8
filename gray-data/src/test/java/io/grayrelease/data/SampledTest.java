package io.grayrelease.data;

import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class SampledTest {
    private final AtomicLong nanos = new AtomicLong();
    private final AtomicInteger reads = new AtomicInteger();
    private final Sampled<Integer> sampled = new Sampled<>(reads::incrementAndGet, nanos::get);

    @Test
    void last_beforeTheFirstSample_isNotKnown() {
        assertThat(sampled.last()).isNull();
        assertThat(reads).hasValue(0);
    }

    @Test
    void last_isWhatWasReadLast_untilItIsTooOld() {
        sampled.sample();
        pass(Duration.ofSeconds(29));
        assertThat(sampled.last()).isEqualTo(1);
        pass(Duration.ofSeconds(1));
        assertThat(sampled.last()).isNull();
    }

    @Test
    void sample_ofWhatNobodyAsksFor_readsNothing() {
        pass(Duration.ofMinutes(6));
        sampled.sample();
        assertThat(reads).hasValue(0);

        assertThat(sampled.last()).isNull();
        sampled.sample();
        assertThat(sampled.last()).isEqualTo(1);
    }

    @Test
    void last_afterAReadThatFailed_isNotKnown() {
        Sampled<Integer> failing = new Sampled<>(
                () -> {
                    if (reads.incrementAndGet() > 1) {
                        throw new SQLException("away");
                    }
                    return 7;
                },
                nanos::get);
        failing.sample();
        assertThat(failing.last()).isEqualTo(7);
        failing.sample();
        assertThat(failing.last()).isNull();
    }

    private void pass(Duration time) {
        nanos.addAndGet(time.toNanos());
    }
}
