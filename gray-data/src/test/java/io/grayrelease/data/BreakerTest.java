package io.grayrelease.data;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class BreakerTest {
    // Its clock may say anything, and less than nothing.
    private long now = -5_000_000_000L;
    private final Breaker breaker = new Breaker(() -> now);

    @Test
    void threeFailuresInARow_openIt() {
        fail(2);
        breaker.succeeded();
        fail(2);
        assertThat(breaker.allows()).isTrue();

        fail(1);
        assertThat(breaker.allows()).isFalse();
        assertThat(breaker.isOpen()).isTrue();
    }

    @Test
    void afterAWhile_oneTryDecides() {
        fail(3);
        pass(500);
        assertThat(breaker.allows()).isTrue();
        assertThat(breaker.allows()).isFalse();

        breaker.failed();
        pass(500);
        assertThat(breaker.allows()).isFalse();
        pass(500);
        assertThat(breaker.allows()).isTrue();
        breaker.succeeded();
        assertThat(breaker.allows()).isTrue();
        assertThat(breaker.isOpen()).isFalse();
    }

    private void fail(int times) {
        for (int i = 0; i < times; i++) {
            breaker.failed();
        }
    }

    private void pass(long millis) {
        now += millis * 1_000_000;
    }
}
