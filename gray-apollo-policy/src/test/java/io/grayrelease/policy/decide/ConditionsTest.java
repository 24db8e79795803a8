package io.grayrelease.policy.decide;

import java.math.BigInteger;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.grayrelease.policy.model.Condition;
import io.grayrelease.policy.model.Condition.Comparison.Operator;
import io.grayrelease.policy.model.Value;

import static io.grayrelease.policy.decide.TestPolicies.UID;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

class ConditionsTest {
    private static final Value IP = Value.of(Value.Kind.IP);

    private static boolean matches(Condition condition, String text) {
        return matches(condition, text, Clock.systemUTC());
    }

    private static boolean matches(Condition condition, String text, Clock clock) {
        return condition.accept(new MatcherBuilder(clock)).matches(value -> text);
    }

    @Test
    void missingOrEmptyValue_makesEveryPredicateFalse() {
        List<Condition> predicates = List.of(
                Condition.Equal.of(UID, ""),
                Condition.Equal.not(UID, "x"),
                Condition.OneOf.literals(UID, Set.of("")),
                Condition.Like.of(UID, "*"),
                modulo(1, 0, 0),
                Condition.Comparison.of(UID, Operator.LESS, BigInteger.TEN),
                Condition.Hash.of(UID, "s", 0, 10_000),
                Condition.Has.of(UID));
        for (Condition predicate : predicates) {
            assertThat(matches(predicate, null)).as("%s of null", predicate).isFalse();
            assertThat(matches(predicate, "")).as("%s of empty", predicate).isFalse();
            assertThat(matches(Condition.Not.of(predicate), null))
                    .as("not %s", predicate)
                    .isTrue();
        }
    }

    @Test
    void equal_comparesExactly() {
        assertThat(matches(Condition.Equal.of(UID, "Ann"), "Ann")).isTrue();
        assertThat(matches(Condition.Equal.of(UID, "Ann"), "ann")).isFalse();
        assertThat(matches(Condition.Equal.of(UID, "7"), "07")).isFalse();
        assertThat(matches(Condition.Equal.not(UID, "Ann"), "ann")).isTrue();
        assertThat(matches(Condition.Equal.not(UID, "Ann"), "Ann")).isFalse();
    }

    @Test
    void andOrNot_combine() {
        Condition a = Condition.Like.of(UID, "a*");
        Condition z = Condition.Like.of(UID, "*z");
        assertThat(matches(Condition.And.of(List.of(a, z)), "az")).isTrue();
        assertThat(matches(Condition.And.of(List.of(a, z)), "ab")).isFalse();
        assertThat(matches(Condition.Or.of(List.of(a, z)), "ab")).isTrue();
        assertThat(matches(Condition.Or.of(List.of(a, z)), "b")).isFalse();
        assertThat(matches(Condition.Not.of(a), "b")).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "ios-*, ios-17, true",
        "ios-*, ios-, true",
        "ios-*, Ios-17, false",
        "*ios, my-ios, true",
        "*ios, ios-, false",
        "a*c, abc, true",
        "a*c, ac, true",
        "aba*aba, aba, false",
        "aba*aba, abaaba, true",
        "*a*b*, xxaxxbxx, true",
        "*a*b*, xxbxxaxx, false",
        "a*b*b, ab, false",
        "a*b*b, abb, true",
        "**, x, true",
        "exact, exact, true",
        "exact, exactly, false",
        "a.c, abc, false",
        "a?c, abc, false"
    })
    void like_knowsTheStarOnly(String pattern, String text, boolean expected) {
        assertThat(matches(Condition.Like.of(UID, pattern), text)).isEqualTo(expected);
    }

    @Test
    void like_hostilePattern_staysFast() {
        Condition hostile = Condition.Like.of(UID, "*a".repeat(2_000) + "*b");

        assertThat(matches(hostile, "a".repeat(100_000))).isFalse();
    }

    private static Condition modulo(long modulus, long first, long last) {
        return Condition.Modulo.of(
                UID, BigInteger.valueOf(modulus), BigInteger.valueOf(first), BigInteger.valueOf(last));
    }

    @ParameterizedTest
    @CsvSource({
        "100, 0, 100",
        "100, 1, 1",
        "100, 95, -5",
        "100, 0, -100",
        "100, 7, 00107",
        "100, 0, -0",
        "100, 16, 18446744073709551616",
        "100, 84, -18446744073709551616",
        "100, 34, 1234567890123456789012345678901234",
        "9223372036854775808, 5, 9223372036854775813",
        "9223372036854775808, 9223372036854775803, -5",
        "1, 0, 12345"
    })
    void modulo_isExactAndFloored(BigInteger modulus, BigInteger expected, String text) {
        assertThat(matches(Condition.Modulo.of(UID, modulus, expected, expected), text))
                .isTrue();
        assertThat(new BigInteger(text).mod(modulus)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"+5", "5.0", " 5", "5 ", "abc", "1e3", "-", "--5", "٣", "５", "0x10"})
    void modulo_andComparison_ofWhatIsNoDecimalInteger_doNotMatch(String text) {
        assertThat(matches(modulo(1, 0, 0), text)).isFalse();
        for (Operator operator : Operator.values()) {
            assertThat(matches(Condition.Comparison.of(UID, operator, BigInteger.ZERO), text))
                    .isFalse();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "5, 5",
        "4, 5",
        "5, 4",
        "-5, 5",
        "5, -5",
        "-5, -4",
        "-4, -5",
        "0, -0",
        "007, 7",
        "-007, -8",
        "99999999999999999999, 100000000000000000000",
        "-99999999999999999999, -100000000000000000000",
        "9223372036854775807, 9223372036854775808"
    })
    void comparison_isThatOfWholeNumbers(String text, BigInteger number) {
        int expected = new BigInteger(text).compareTo(number);
        assertThat(matches(Condition.Comparison.of(UID, Operator.LESS, number), text))
                .isEqualTo(expected < 0);
        assertThat(matches(Condition.Comparison.of(UID, Operator.AT_MOST, number), text))
                .isEqualTo(expected <= 0);
        assertThat(matches(Condition.Comparison.of(UID, Operator.GREATER, number), text))
                .isEqualTo(expected > 0);
        assertThat(matches(Condition.Comparison.of(UID, Operator.AT_LEAST, number), text))
                .isEqualTo(expected >= 0);
    }

    @Test
    void hash_raisedFromOneToFivePercent_keepsTheFirstOne() {
        Condition one = Condition.Hash.of(UID, "s", 0, 100);
        Condition five = Condition.Hash.of(UID, "s", 0, 500);
        long[] in = IntStream.range(0, 100_000)
                .filter(uid -> matches(one, String.valueOf(uid)))
                .peek(uid -> assertThat(matches(five, String.valueOf(uid))).isTrue())
                .asLongStream()
                .toArray();
        assertThat(in).hasSizeBetween(850, 1_150);
    }

    @Test
    void hash_atTheEnds_takesNobodyAndEverybody() {
        for (int uid = 0; uid < 10_000; uid++) {
            String text = String.valueOf(uid);
            assertThat(matches(Condition.Hash.of(UID, "s", 0, 0), text)).isFalse();
            assertThat(matches(Condition.Hash.of(UID, "s", 0, 10_000), text)).isTrue();
            assertThat(matches(Condition.Hash.of(UID, "s", 0, 5_000), text))
                    .isNotEqualTo(matches(Condition.Hash.of(UID, "s", 5_000, 10_000), text));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "10.0.0.0/8, 10.255.1.2, true",
        "10.0.0.0/8, 11.0.0.1, false",
        "10.0.0.7/8, 10.1.2.3, true",
        "10.1.2.3, 10.1.2.3, true",
        "10.1.2.3, 10.1.2.4, false",
        "10.1.2.0/23, 10.1.3.9, true",
        "10.1.2.0/23, 10.1.4.0, false",
        "0.0.0.0/0, 1.2.3.4, true",
        "0.0.0.0/0, ::1, false",
        "::/0, ::1, true",
        "2001:db8::/33, 2001:db8:7fff::1, true",
        "2001:db8::/33, 2001:db8:8000::1, false",
        "::1, 0:0:0:0:0:0:0:1, true",
        "10.0.0.0/8, ::ffff:10.1.2.3, true",
        "10.0.0.0/8, 010.0.0.1, false",
        "10.0.0.0/8, 10.1, false",
        "10.0.0.0/8, 10.0.0.1.example.com, false",
        "10.0.0.0/8, localhost, false",
        "gateway, gateway, true"
    })
    void ip_isComparedAsANetworkWhereTheLiteralIsOne(String literal, String address, boolean expected) {
        assertThat(matches(Condition.Equal.of(IP, literal), address)).isEqualTo(expected);
        assertThat(matches(Condition.Equal.not(IP, literal), address)).isNotEqualTo(expected);
        assertThat(matches(Condition.OneOf.literals(IP, new LinkedHashSet<>(List.of("x", literal))), address))
                .isEqualTo(expected);
    }

    @Test
    void cidr_meansNothingToOtherValues() {
        assertThat(matches(Condition.Equal.of(UID, "10.0.0.0/8"), "10.0.0.1")).isFalse();
    }

    @Test
    void now_includesItsStartAndExcludesItsEnd() {
        Instant from = Instant.parse("2026-11-11T00:00:00Z");
        Instant to = from.plusSeconds(3600);
        Condition window = Condition.Within.of(from, to);
        Clock at = Clock.fixed(from, ZoneOffset.UTC);

        assertThat(matches(window, null, Clock.offset(at, Duration.ofMillis(-1))))
                .isFalse();
        assertThat(matches(window, null, at)).isTrue();
        assertThat(matches(window, null, Clock.offset(at, Duration.ofMillis(3_599_999))))
                .isTrue();
        assertThat(matches(window, null, Clock.offset(at, Duration.ofHours(1)))).isFalse();
    }

    @Test
    void modulo_ofHostileDigits_isLinear() {
        String digits = "9".repeat(2_000_000);
        BigInteger modulus = BigInteger.TEN.pow(20);
        BigInteger expected = modulus.subtract(BigInteger.ONE);

        assertTimeoutPreemptively(Duration.ofSeconds(10), () -> assertThat(
                        matches(Condition.Modulo.of(UID, modulus, expected, expected), digits))
                .isTrue());
    }

    @Test
    void modulo_outsideItsRange_neverMatches() {
        BigInteger huge = BigInteger.TEN.pow(30);

        assertThat(matches(Condition.Modulo.of(UID, BigInteger.TEN, huge, huge), "3"))
                .isFalse();
        assertThat(matches(Condition.Modulo.of(UID, BigInteger.TEN, huge.negate(), huge), "3"))
                .isTrue();
        assertThat(matches(Condition.Modulo.of(UID, BigInteger.TEN, huge.negate(), BigInteger.ONE.negate()), "3"))
                .isFalse();
    }

    @Test
    void ip_ofHostileText_isNoAddress() {
        String hostile = ":".repeat(1_000_000) + "x";

        assertTimeoutPreemptively(
                Duration.ofSeconds(10), () -> assertThat(matches(Condition.Equal.of(IP, "10.0.0.0/8"), hostile))
                        .isFalse());
    }

    @Test
    void ip_inAListOfManyAddresses_isLookedUpNotScanned() {
        Set<String> literals = new LinkedHashSet<>(List.of("2001:db8::7", "192.168.0.0/16"));
        IntStream.range(0, 200_000)
                .forEach(i -> literals.add("10." + (i >> 16) + "." + ((i >> 8) & 255) + "." + (i & 255)));
        Matcher matcher = Condition.OneOf.literals(IP, literals).accept(new MatcherBuilder(Clock.systemUTC()));

        assertThat(matcher.matches(value -> "2001:DB8:0::7")).isTrue();
        assertThat(matcher.matches(value -> "::ffff:10.0.1.2")).isTrue();
        assertThat(matcher.matches(value -> "192.168.9.9")).isTrue();
        assertTimeoutPreemptively(Duration.ofSeconds(10), () -> {
            for (int i = 0; i < 200_000; i++) {
                assertThat(matcher.matches(value -> "11.0.0.1")).isFalse();
            }
        });
    }
}
