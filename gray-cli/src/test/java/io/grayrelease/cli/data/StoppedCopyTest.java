package io.grayrelease.cli.data;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.grayrelease.cli.GrayCtl;
import io.grayrelease.policy.model.DataPhase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** grayctl as a process of its own that is told to end, as Ctrl-C does. */
class StoppedCopyTest {
    @TempDir
    Path folder;

    @Test
    void copy_thatIsToldToEnd_leavesNoChunk_andAnotherGoesOn() throws Exception {
        try (Orders orders = Orders.onDisk(folder)) {
            orders.add(1, 300).service(() -> DataPhase.CAPTURE);
            await().atMost(Duration.ofSeconds(60)).until(() -> orders.phase() == DataPhase.CAPTURE);

            Process slow;
            try (Connection other = orders.connectionOfNew()) {
                other.setAutoCommit(false);
                other.createStatement().execute("INSERT INTO orders_v2 VALUES (25, 'Eve', 'web')");
                slow = copy(orders, "--workers", "1", "--chunk-rows", "10", "--rows-per-second", "20");
                await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> {
                    assertThat(orders.count("orders_v2")).as(this::said).isEqualTo(20);
                    assertThat(orders.count("gray_chunk")).as(this::said).isEqualTo(1);
                });
                slow.destroy();
                assertThat(slow.waitFor(1, TimeUnit.SECONDS)).isFalse(); // it is in a chunk, which waits
                other.rollback();
            }
            assertThat(slow.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(orders.count("gray_chunk")).isZero();
            assertThat(orders.count("orders_v2")).isBetween(20L, 290L);

            Process rest = copy(orders);
            assertThat(rest.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(said()).contains("copied: 300 rows of order-v2");
            assertThat(rest.exitValue()).isZero();
            assertThat(orders.count("orders_v2")).isEqualTo(300);
        }
    }

    @Test
    void copyAndCompare_thatCannotGoOn_sayWhy_andGoOnWhenTheyCan() throws Exception {
        try (Orders orders = Orders.onDisk(folder)) {
            orders.add(1, 30).service(() -> DataPhase.CAPTURE);
            await().atMost(Duration.ofSeconds(60)).until(() -> orders.phase() == DataPhase.CAPTURE);

            orders.inNew("ALTER TABLE gray_chunk ALTER COLUMN until_ms RENAME TO lease_ms");
            Process copy = copy(orders);
            await().atMost(Duration.ofSeconds(60))
                    .untilAsserted(() ->
                            assertThat(said()).containsIgnoringCase("until_ms").contains("waiting for it"));
            orders.inNew("ALTER TABLE gray_chunk ALTER COLUMN lease_ms RENAME TO until_ms");
            assertThat(copy.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(copy.exitValue()).as(this::said).isZero();

            orders.inNew("ALTER TABLE gray_diff ALTER COLUMN kind RENAME TO sort");
            Process compare = grayctl(orders, "compare");
            await().atMost(Duration.ofSeconds(60))
                    .untilAsserted(() ->
                            assertThat(said()).containsIgnoringCase("kind").contains("waiting for it"));
            orders.inNew("ALTER TABLE gray_diff ALTER COLUMN sort RENAME TO kind");
            assertThat(compare.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(compare.exitValue()).as(this::said).isZero();
        }
    }

    private String said() {
        try {
            return Files.readString(folder.resolve("out"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Process copy(Orders orders, String... more) throws Exception {
        return grayctl(orders, "copy", more);
    }

    private Process grayctl(Orders orders, String verb, String... more) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                ProcessHandle.current().info().command().orElseThrow(),
                "-cp",
                System.getProperty("java.class.path"),
                GrayCtl.class.getName(),
                "data",
                verb,
                "order-v2"));
        command.addAll(Arrays.asList(more));
        command.addAll(Arrays.asList(orders.options()));
        File out = folder.resolve("out").toFile();
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(out)
                .start();
    }
}
