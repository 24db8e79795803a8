package io.grayrelease.benchmarks.data;

import java.io.IOException;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class TableChecksumTest {
    @Test
    void rate_isOfTheColumnTime() throws IOException {
        String output =
                """
                Diffs cannot be detected because no slaves were found.
                            TS ERRORS  DIFFS     ROWS  DIFF_ROWS  CHUNKS SKIPPED    TIME TABLE
                11-26T20:45:01      0      0  1000000          0      12       0   2.500 old_compare.items
                """;

        assertThat(TableChecksum.perSecond(output, 1_000_000)).isEqualTo(400_000);
    }

    @Test
    void output_withoutATable_isShown() {
        assertThatThrownBy(() -> TableChecksum.perSecond("Cannot connect", 1)).hasMessageContaining("Cannot connect");
    }
}
