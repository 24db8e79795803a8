package io.grayrelease.demo;

import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

import org.junit.jupiter.api.Test;

import io.grayrelease.demo.Expectation.Expected;

import static org.assertj.core.api.Assertions.assertThat;

class ExpectationsTest {
    private static final String BASELINE = "-, order 1.0.0 > stock 1.0.0";
    private static final String NEW_ORDER = "order-v2, order 2.0.0 > stock 1.0.0";

    @Test
    void noPolicy_allowsEveryPathAndNoTag() {
        Expected expected = Expectations.noPolicy().of(7);
        assertThat(expected.tag()).isEqualTo("none");
        assertThat(expected.paths()).hasSize(4);
    }

    @Test
    void testersAndShare_takeTheListAndTheLastDigits() {
        assertThat(Expectations.testers().of(1001)).hasToString(NEW_ORDER);
        assertThat(Expectations.testers().of(1000)).hasToString(BASELINE);
        assertThat(Expectations.testersAndShare(1).of(700)).hasToString(NEW_ORDER);
        assertThat(Expectations.testersAndShare(1).of(701)).hasToString(BASELINE);
        assertThat(Expectations.testersAndShare(5).of(704)).hasToString(NEW_ORDER);
        assertThat(Expectations.testersAndShare(5).of(705)).hasToString(BASELINE);
    }

    @Test
    void both_neverCross_unlessTheGrayStockIsGone() {
        assertThat(Expectations.both(5).of(104)).hasToString("both-v2, order 2.0.0 > stock 2.0.0");
        assertThat(Expectations.both(5).of(105)).hasToString(BASELINE);
        assertThat(Expectations.bothWithoutStock(5).of(104)).hasToString("both-v2, order 2.0.0 > stock 1.0.0");
        assertThat(Expectations.bothWithoutStock(5).of(105)).hasToString(BASELINE);
        assertThat(Expectations.bothWhileStockDies(5).of(104).paths())
                .containsExactly("order 2.0.0 > stock 1.0.0", "order 2.0.0 > stock 2.0.0");
        assertThat(Expectations.bothWhileStockDies(5).of(105)).hasToString(BASELINE);
    }

    @Test
    void twoReleases_areDrawnApart() {
        Map<String, Long> counts = LongStream.range(0, 10_000)
                .mapToObj(uid -> Expectations.twoReleases().of(uid).toString())
                .collect(Collectors.groupingBy(expected -> expected, Collectors.counting()));

        assertThat(counts).hasSize(4);
        assertThat(counts.get(NEW_ORDER)).isBetween(2_200L, 2_600L); // 30 % of 80 %
        assertThat(counts.get("stock-v2, order 1.0.0 > stock 2.0.0")).isBetween(1_200L, 1_600L); // 20 % of 70 %
        assertThat(counts.get("order-v2,stock-v2, order 2.0.0 > stock 2.0.0")).isBetween(450L, 750L); // 20 % of 30 %
        assertThat(counts.get(BASELINE)).isBetween(5_400L, 5_800L);
    }

    @Test
    void switchedOff_everybodyIsBaseline() {
        assertThat(Expectations.everybodyBaseline().of(1001)).hasToString(BASELINE);
    }
}
