package io.grayrelease.benchmarks.data;

import java.io.IOException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Locale;

import io.grayrelease.benchmarks.Machine;

/**
 * A run as a page.
 *
 * @param busy load of the machine before the run
 * @param sections of the parts that were run
 */
record DataPage(boolean quick, double busy, String sections) {
    private static final String OTHERS =
            """

            **Others worked on the machine meanwhile.** Times and rates are noise to a good part; what can be relied on is what was lost.
            """;

    String text() throws IOException {
        return "# Benchmarks of two stores\n\nWritten by `scripts/bench-data.sh`; do not edit.\n\n" + head() + sections;
    }

    private String head() throws IOException {
        return String.format(
                Locale.ROOT,
                """
                | | |
                |---|---|
                | Run | %s, %s |
                | Machine | %s; 1-minute load before the run: %.1f |
                | JVM | %s |

                Services, copies and databases are all on one machine, so figures compare with each other, and with no other machine. The
                databases run as they are shipped (every commit is flushed), but for MariaDB's buffer pool of 512 MB, which holds the
                tables. Ratios are taken round by round: the median, and the range of the middle half.
                %s""",
                quick
                        ? "quick (scripts/bench-data.sh --quick), so the figures are rough"
                        : "full (scripts/bench-data.sh)",
                LocalDate.now(ZoneOffset.UTC),
                Machine.hardware(),
                busy,
                Machine.java(),
                busy < Runtime.getRuntime().availableProcessors() ? "" : OTHERS);
    }
}
