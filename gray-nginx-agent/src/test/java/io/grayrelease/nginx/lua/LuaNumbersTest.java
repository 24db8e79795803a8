package io.grayrelease.nginx.lua;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.grayrelease.nginx.model.EdgeModel;
import io.grayrelease.policy.decide.Bucketing;
import io.grayrelease.policy.model.Condition;
import io.grayrelease.policy.model.GrayPolicy;
import io.grayrelease.policy.model.Rule;
import io.grayrelease.policy.model.Snapshot;
import io.grayrelease.policy.model.Value;

import static org.assertj.core.api.Assertions.assertThat;

/** Hashes and integers, in a real Nginx as in Java. */
@EnabledIf("io.grayrelease.nginx.LiveNginx#hasLua")
class LuaNumbersTest {
    @TempDir
    static Path folder;

    private static LuaNginx nginx;

    @BeforeAll
    static void start() throws Exception {
        nginx = LuaNginx.start(folder, "127.0.0.1");
    }

    @AfterAll
    static void stop() throws Exception {
        nginx.close();
    }

    @ParameterizedTest
    @CsvFileSource(
            files = "../gray-apollo-policy/src/test/resources/bucketing-vectors.csv",
            numLinesToSkip = 1,
            emptyValue = "")
    void bucket_isThatOfSplitClients(String salt, String key, int bucket) throws Exception {
        nginx.push(condition(Condition.Hash.of(Value.of(Value.Kind.UID), salt, bucket, bucket + 1)));
        String text = new String(key.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
        boolean isAscii = key.chars().allMatch(c -> c < 0x80);

        assertThat(nginx.tag("", "X-Uid: " + text)).isEqualTo(isAscii ? key.isEmpty() ? "-" : "T" : "");
    }

    /** Under the salt s their hashes are 0, the largest ones, and those on both sides of bounds. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "bhJ2BR", "c55CAv", "feq0oe", "dje97A", "tlViT9", "dhbKqk", "vrKDhc", "f0bA4Z", "ik7OqS", "7gEwyx",
                "gzdQ0u", "b6nuer", "111628", "206352", "222446", "1329625", "1398963"
            })
    void bucket_atItsBounds_isThatOfJava(String key) throws Exception {
        int bucket = Bucketing.bucket("s", key);
        for (int from = Math.max(0, bucket - 1); from <= Math.min(9_999, bucket + 1); from++) {
            nginx.push(condition(Condition.Hash.of(Value.of(Value.Kind.UID), "s", from, from + 1)));
            assertThat(nginx.tag("", "X-Uid: " + key)).isEqualTo(from == bucket ? "T" : "-");
        }
        nginx.push(condition(Condition.Hash.of(Value.of(Value.Kind.UID), "s", bucket, 10_000)));
        assertThat(nginx.tag("", "X-Uid: " + key)).isEqualTo("T");
    }

    private static EdgeModel condition(Condition condition) {
        Rule rule = Rule.tagging(Rule.Id.of("gray.rule.1-r", BigInteger.ONE, "r", ""), condition, "T", false, false);
        return LuaNginx.model(
                GrayPolicy.builder(Snapshot.of(Map.of())).rules(List.of(rule)).build());
    }

    /** Moduli of 1 to 60 digits and values of 1 to 200, beside BigInteger. */
    @Test
    void remainder_ofAnySize_isExact() throws Exception {
        Random random = new Random(7);
        for (int i = 0; i < 1_500; i++) {
            BigInteger modulus = number(random, 60).abs().add(BigInteger.ONE);
            BigInteger value = near(random, number(random, 200), modulus);
            BigInteger remainder = value.mod(modulus);
            BigInteger first = remainder.add(BigInteger.valueOf(random.nextInt(3) - 1));
            BigInteger last = first.add(BigInteger.valueOf(random.nextInt(2)));
            boolean expected = remainder.compareTo(first) >= 0 && remainder.compareTo(last) <= 0;
            nginx.push(condition(Condition.Modulo.of(Value.of(Value.Kind.UID), modulus, first, last)));

            assertThat(nginx.tag("", "X-Uid: " + value))
                    .as("%s mod %s in %s..%s", value, modulus, first, last)
                    .isEqualTo(expected ? "T" : "-");
        }
    }

    private static BigInteger number(Random random, int maxDigits) {
        StringBuilder digits = new StringBuilder(random.nextBoolean() ? "-" : "");
        int count = 1 + random.nextInt(maxDigits);
        for (int i = 0; i < count; i++) {
            digits.append(random.nextInt(4) == 0 ? 9 : random.nextInt(3) == 0 ? 0 : random.nextInt(10));
        }
        return new BigInteger(digits.toString());
    }

    /** Often a multiple of the modulus, or beside one: there the guess of a quotient is at its worst. */
    private static BigInteger near(Random random, BigInteger value, BigInteger modulus) {
        return random.nextBoolean()
                ? value
                : value.divide(modulus).multiply(modulus).add(BigInteger.valueOf(random.nextInt(3) - 1));
    }

    @Test
    void comparison_ofAnySize_isExact() throws Exception {
        Random random = new Random(8);
        for (int i = 0; i < 300; i++) {
            BigInteger number = number(random, 40);
            BigInteger value =
                    random.nextBoolean() ? number(random, 40) : number.add(BigInteger.valueOf(random.nextInt(3) - 1));
            nginx.push(condition(
                    Condition.Comparison.of(Value.of(Value.Kind.UID), Condition.Comparison.Operator.LESS, number)));

            assertThat(nginx.tag("", "X-Uid: " + value))
                    .as("%s < %s", value, number)
                    .isEqualTo(value.compareTo(number) < 0 ? "T" : "-");
        }
    }

    @Test
    void longValues_costNoMoreThanReadingThem() throws Exception {
        String modulus = "9".repeat(2_000);
        nginx.push(condition(Condition.Modulo.of(
                Value.of(Value.Kind.UID), new BigInteger(modulus), BigInteger.ZERO, BigInteger.ZERO)));
        long before = System.nanoTime();

        assertThat(nginx.tag("", "X-Uid: " + modulus + modulus)).isEqualTo("T");
        assertThat(nginx.tag("", "X-Uid: " + modulus + modulus + "1")).isEqualTo("-");
        assertThat(nginx.tag("", "Baggage: a" + " ".repeat(7_000) + "b")).isEqualTo("-");
        assertThat(System.nanoTime() - before).isLessThan(1_000_000_000L);
    }
}
