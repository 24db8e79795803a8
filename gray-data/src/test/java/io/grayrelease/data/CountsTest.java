package io.grayrelease.data;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class CountsTest {
    @Test
    void text_saysAllOfThem() {
        Counts counts = new Counts();
        counts.captured.add(3);
        counts.recentMismatches.increment();

        assertThat(counts)
                .asString()
                .startsWith("captured 3, relayed 0, past queue 0, relay failed 0,")
                .endsWith(", recent mismatches 1");
    }
}
