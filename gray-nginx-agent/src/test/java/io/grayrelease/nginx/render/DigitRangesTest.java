package io.grayrelease.nginx.render;

import java.math.BigInteger;
import java.util.List;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class DigitRangesTest {
    private static Pattern range(long first, long last, int digits) {
        return Pattern.compile(String.join("|", DigitRanges.alternatives(first, last, digits)));
    }

    @Test
    void alternatives_ofEveryRangeOfTwoDigits_matchWhatLiesInIt() {
        for (int first = 0; first < 100; first++) {
            for (int last = first; last < 100; last++) {
                Pattern pattern = range(first, last, 2);
                for (int number = 0; number < 100; number++) {
                    assertThat(pattern.matcher(String.format("%02d", number)).matches())
                            .as("%s in %s..%s", number, first, last)
                            .isEqualTo(number >= first && number <= last);
                }
            }
        }
    }

    @Test
    void alternatives_ofThreeDigits_matchWhatLiesInThem() {
        for (int first = 0; first < 1_000; first += 13) {
            for (int last = first; last < 1_000; last += 17) {
                Pattern pattern = range(first, last, 3);
                for (int number = 0; number < 1_000; number++) {
                    assertThat(pattern.matcher(String.format("%03d", number)).matches())
                            .isEqualTo(number >= first && number <= last);
                }
            }
        }
    }

    @Test
    void alternatives_ofAnEmptyRange_areNone() {
        assertThat(DigitRanges.alternatives(3, 2, 2)).isEmpty();
    }

    @Test
    void alternatives_ofMostDigits_matchTheirBounds() {
        Pattern pattern = range(123_456_789_012_345_678L, 987_654_321_098_765_432L, 18);
        for (String inside : List.of("123456789012345678", "987654321098765432", "500000000000000000")) {
            assertThat(pattern.matcher(inside).matches()).as(inside).isTrue();
        }
        for (String outside : List.of("123456789012345677", "987654321098765433", "12345678901234567")) {
            assertThat(pattern.matcher(outside).matches()).as(outside).isFalse();
        }
    }

    @Test
    void remainder_ofEveryModulusAndRange_isThatOfArithmetic() {
        for (int modulus : new int[] {1, 2, 4, 5, 8, 10, 16, 20, 25, 40, 50, 100, 125}) {
            for (int first = 0; first < modulus; first += Math.max(1, modulus / 10)) {
                for (int last = first; last <= modulus; last += Math.max(1, modulus / 7)) {
                    checkRemainder(modulus, first, last);
                }
            }
        }
    }

    private static void checkRemainder(int modulus, int first, int last) {
        List<Pattern> patterns =
                RemainderRegex.of(BigInteger.valueOf(modulus), BigInteger.valueOf(first), BigInteger.valueOf(last))
                        .stream()
                        .map(Pattern::compile)
                        .toList();
        for (int number = -1_300; number < 1_300; number += 3) {
            int remainder = Math.floorMod(number, modulus);
            String text = number < 0 && number % 2 == 0 ? "-00" + -number : Integer.toString(number);
            assertThat(patterns.stream()
                            .anyMatch(pattern -> pattern.matcher(text).find()))
                    .as("%s %% %s in %s..%s", text, modulus, first, last)
                    .isEqualTo(remainder >= first && remainder <= last);
        }
    }

    @Test
    void below_everyLimit_isThatOfArithmetic() {
        for (int limit = 1; limit < 1_200; limit += limit < 120 ? 1 : 37) {
            Pattern pattern = Pattern.compile("^" + OrderRegex.below(BigInteger.valueOf(limit)));
            for (int number = 0; number < 1_300; number++) {
                assertThat(pattern.matcher("0".repeat(number % 3) + number).find())
                        .as("%s < %s", number, limit)
                        .isEqualTo(number < limit);
            }
        }
    }
}
