package io.grayrelease.demo;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** What a person sees, against files under {@code golden}. */
class ReportTest {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    @Test
    void step_isShownWithPolicyUsersSharesAndVerdict() throws IOException {
        Report report = Report.to(new PrintStream(bytes, true, StandardCharsets.UTF_8), false);
        List<Answer> answers = onePercent();
        report.step("1 %", "A sentence.");
        report.policy(Policy.named("one-percent"));
        report.users(answers);
        report.verdict("as wished", Verdict.of(1_200, answers, Expectations.testersAndShare(1)));

        assertThat(text()).isEqualTo(golden("step.txt"));
    }

    @Test
    void failures_areShownWithTheFirstDifferences_andInTheBars() throws IOException {
        Report report = Report.to(new PrintStream(bytes, true, StandardCharsets.UTF_8), false);
        List<Answer> answers = new ArrayList<>(onePercent());
        answers.set(1, Answer.failed(1, new IllegalStateException("no provider")));
        report.shares(answers);
        report.verdict("as wished", Verdict.of(1_200, answers, Expectations.testersAndShare(5)));

        assertThat(text()).isEqualTo(golden("failure.txt"));
    }

    @Test
    void refusedPolicy_isNoFailure() {
        Report.to(new PrintStream(bytes, true, StandardCharsets.UTF_8), false)
                .refused("published 1a2b, and the services do not take it:", List.of("gray.rule.1: no condition"));
        assertThat(text())
                .isEqualTo(
                        "  REFUSED  published 1a2b, and the services do not take it:\n  gray.rule.1: no condition\n");
    }

    @Test
    void colours_areThereOnlyWhereAskedFor() {
        Report.to(new PrintStream(bytes, true, StandardCharsets.UTF_8), true).claim("x", true);
        assertThat(text()).contains("\u001b[32m");
    }

    @Test
    void everyKindOfAnswer_isInTheTable_andNoMoreThanTen() {
        List<Answer> answers = new ArrayList<>(onePercent());
        answers.add(new Answer(5_000, "rare", "order 2.0.0 > stock 2.0.0"));
        List<Answer> shown = UserTable.interesting(answers);
        assertThat(shown).hasSize(10).doesNotHaveDuplicates();
        assertThat(shown).extracting(Answer::tag).contains("-", "order-v2", "rare");
        assertThat(UserTable.interesting(answers.subList(1_000, 1_003))).hasSize(3);
        assertThat(UserTable.interesting(List.of())).isEmpty();
    }

    private static List<Answer> onePercent() {
        return LongStream.range(0, 1_200)
                .mapToObj(uid -> uid % 100 < 1 || (uid > 1_000 && uid < 1_004)
                        ? new Answer(uid, "order-v2", "order 2.0.0 > stock 1.0.0")
                        : new Answer(uid, "-", "order 1.0.0 > stock 1.0.0"))
                .toList();
    }

    private String text() {
        return bytes.toString(StandardCharsets.UTF_8).replace(System.lineSeparator(), "\n");
    }

    private static String golden(String name) throws IOException {
        try (InputStream file = ReportTest.class.getResourceAsStream("/golden/" + name)) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
