package io.grayrelease.demo;

import java.util.List;

import org.junit.jupiter.api.Test;

import io.grayrelease.demo.api.Hop;

import static org.assertj.core.api.Assertions.assertThat;

/** What the processes of the demo say to each other. */
class LinesTest {
    @Test
    void answer_isReadAsItWasWritten() {
        Answer answer = Answer.of(7, List.of(Hop.of("order", "2.0.0", "T"), Hop.of("stock", "2.0.0", "T")));
        assertThat(answer).isEqualTo(new Answer(7, "T", "order 2.0.0 > stock 2.0.0"));
        assertThat(Answer.parse(answer.line())).isEqualTo(answer);
    }

    @Test
    void tagThatWasLostOnTheWay_isShown() {
        Answer answer = Answer.of(7, List.of(Hop.of("order", "2.0.0", "T"), Hop.of("stock", "1.0.0", "none")));
        assertThat(answer.tag()).isEqualTo("T then none");
    }

    @Test
    void failure_staysOnOneLine() {
        Answer answer = Answer.failed(7, new IllegalStateException("no\n\tprovider"));
        assertThat(answer.isFailed()).isTrue();
        assertThat(Answer.parse(answer.line())).isEqualTo(answer);
    }

    @Test
    void policy_isReadWithItsProblems() {
        assertThat(InForce.parse(List.of("in-force=abc", "rejected=def", "problem=a=b", "problem=c")))
                .isEqualTo(new InForce("abc", "def", List.of("a=b", "c")));
        assertThat(InForce.parse(List.of("in-force=none"))).isEqualTo(new InForce(InForce.NONE, "", List.of()));
    }
}
