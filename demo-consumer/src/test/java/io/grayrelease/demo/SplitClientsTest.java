package io.grayrelease.demo;

import java.util.stream.LongStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

import static org.assertj.core.api.Assertions.assertThat;

class SplitClientsTest {
    @ParameterizedTest
    @CsvFileSource(resources = "/bucketing-vectors.csv", numLinesToSkip = 1)
    void bucket_isThatOfNginx(String salt, String key, int bucket) {
        assertThat(SplitClients.bucket(salt + ":" + key)).isEqualTo(bucket);
    }

    @Test
    void isBelow_raisedFromFiveToTenPercent_keepsTheFirstFive() {
        long[] five = share(5);
        assertThat(five).hasSizeBetween(400, 600);
        assertThat(share(10)).contains(five).hasSizeBetween(850, 1150);
        assertThat(share(0)).isEmpty();
        assertThat(share(100)).hasSize(10_000);
    }

    private static long[] share(int percent) {
        return LongStream.range(0, 10_000)
                .filter(uid -> SplitClients.isBelow("salt", uid, percent))
                .toArray();
    }
}
