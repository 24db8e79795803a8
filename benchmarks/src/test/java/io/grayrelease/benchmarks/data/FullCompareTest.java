package io.grayrelease.benchmarks.data;

import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class FullCompareTest {
    @Test
    void rows_missingExtraAndDifferent_areCountedEach() {
        FullCompare compare =
                FullCompare.of(rows("1a", "2a", "3a", "5a", "6a"), rows("0a", "1a", "3b", "4a", "5a"), Set.of());

        assertThat(compare.rows()).isEqualTo(7);
        assertThat(compare.missing()).isEqualTo(2);
        assertThat(compare.extra()).isEqualTo(2);
        assertThat(compare.different()).isEqualTo(1);
    }

    @Test
    void statesOfKeysThatWereWritten_areKept() {
        FullCompare compare = FullCompare.of(rows("1a", "2a"), rows("1b", "2a"), Set.of(1L, 9L));

        assertThat(compare.inOld(1)).isEqualTo(new State(1, 0, "a", 0));
        assertThat(compare.inNew(1)).isEqualTo(new State(1, 0, "b", 0));
        assertThat(compare.inOld(2)).isNull();
        assertThat(compare.inNew(9)).isNull();
    }

    @Test
    void verdict_ofAWriteThatIsInNeitherStore_tellsIt() {
        List<LoggedWrite> writes = List.of(new LoggedWrite(LoggedWrite.Kind.OLD_UPSERT, 1, 5, 0, Outcome.UPDATED, 10));
        Oracle oracle = new Oracle(writes, 1);

        Verdict verdict = Verdict.of(FullCompare.of(rows("1a"), rows("1a"), oracle.keys()), oracle);

        assertThat(verdict.divergent()).isZero();
        assertThat(verdict.lostInOld()).isEqualTo(1);
        assertThat(verdict.lostInNew()).isEqualTo(1);
        assertThat(verdict.isClean()).isFalse();
    }

    private static Iterator<State> rows(String... rows) {
        return Stream.of(rows)
                .map(row -> new State(row.charAt(0) - '0', 0, row.substring(1), 0))
                .iterator();
    }
}
