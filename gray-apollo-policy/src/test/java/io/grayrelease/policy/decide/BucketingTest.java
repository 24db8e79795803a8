package io.grayrelease.policy.decide;

import java.math.BigInteger;
import java.util.function.LongFunction;
import java.util.stream.LongStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class BucketingTest {
    private static final int IDS = 1_000_000;

    /** Recorded from nginx 1.22.1. */
    @ParameterizedTest
    @CsvFileSource(resources = "/bucketing-vectors.csv", numLinesToSkip = 1, emptyValue = "")
    void bucket_isThatOfNginx(String salt, String key, int bucket) {
        assertThat(Bucketing.bucket(salt, key)).isEqualTo(bucket);
    }

    @Test
    void murmur2_ofEmptyText_isZero() {
        assertThat(Bucketing.murmur2(new byte[0])).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            longs = {0, 1, 429_495, 429_496, 429_497, 0x7fffffffL, 0x80000000L, 0xfffffffdL, 0xfffffffeL, 0xffffffffL})
    void bucket_atTheEdges_isTheLowestWhoseBoundIsAboveTheHash(long hash) {
        assertThat(Bucketing.bucket(hash)).isEqualTo(byDefinition(hash));
    }

    @Test
    void bucket_aroundEveryBound_isAsDefined() {
        for (int b = 0; b < 10_000; b++) {
            long bound = BigInteger.valueOf(b + 1L)
                    .multiply(BigInteger.valueOf(0xffffffffL))
                    .divide(BigInteger.valueOf(10_000))
                    .longValueExact();
            assertThat(Bucketing.bucket(bound - 1)).as("below bound %d", b).isEqualTo(b);
            assertThat(Bucketing.bucket(bound)).as("at bound %d", b).isEqualTo(Math.min(b + 1, 9_999));
        }
    }

    private static int byDefinition(long hash) {
        for (int b = 0; b < 10_000; b++) {
            if (hash < (b + 1) * 0xffffffffL / 10_000) {
                return b;
            }
        }
        return 9_999;
    }

    enum Ids {
        SEQUENTIAL(i -> i),
        ODD(i -> 2 * i + 1),
        STEP_OF_TEN(i -> 10 * i),
        /** Milliseconds, 10 bits of a machine, 12 bits of a sequence that seldom leaves zero. */
        SNOWFLAKE(i -> ((1_700_000_000_000L - 1_288_834_974_657L + i * 7) << 22) | ((i % 8) << 12) | (i % 3));

        private final LongFunction<Long> id;

        Ids(LongFunction<Long> id) {
            this.id = id;
        }

        LongStream buckets(String salt) {
            return LongStream.range(0, IDS).map(i -> Bucketing.bucket(salt, String.valueOf(id.apply(i))));
        }
    }

    @ParameterizedTest
    @EnumSource
    void onePercent_takesOnePercentOfEveryKindOfIds(Ids ids) {
        assertThat(ids.buckets("order-1pct").filter(b -> b < 100).count() * 100.0 / IDS)
                .isBetween(0.95, 1.05);
    }

    /** Of 10 % and 10 %, 1 % of all ids are in both; sigma is about 0.01 %, five of them are allowed. */
    @ParameterizedTest
    @EnumSource
    void twoSalts_overlapAsIndependentOnesDo(Ids ids) {
        long[] first = ids.buckets("order-2026").toArray();
        long[] second = ids.buckets("search-v5").toArray();
        long both = LongStream.range(0, IDS)
                .filter(i -> first[(int) i] < 1_000 && second[(int) i] < 1_000)
                .count();

        assertThat(both * 100.0 / IDS).isBetween(0.95, 1.05);
    }
}
