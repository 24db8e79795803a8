package io.grayrelease.dubbo.operations.metrics;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class SeriesTest {
    private final List<String> made = new ArrayList<>();
    private final Series<String, LongAdder> series = new Series<>(key -> Series.OTHER, key -> {
        made.add(key);
        return new LongAdder();
    });

    @Test
    void aKeyHasOneMeter() {
        series.of("a").increment();
        series.of("b").increment();
        series.of("a").increment();

        assertThat(made).containsExactly("a", "b");
        assertThat(series.of("a").sum()).isEqualTo(2);
    }

    @Test
    void beyondTheBound_keysShareOne_andTheOldOnesKeepTheirs() {
        for (int i = 0; i < 1_500; i++) {
            series.of("key-" + i).increment();
        }
        series.of("key-7").increment();

        assertThat(made).hasSize(1_001).endsWith("key-999", "other");
        assertThat(series.of("other").sum()).isEqualTo(500);
        assertThat(series.of("key-7").sum()).isEqualTo(2);
    }
}
