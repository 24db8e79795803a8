package io.grayrelease.demo.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

/** The demo as scripts/demo-data.sh starts it, with fewer orders, all its processes and databases included. */
class DataDemoTest {
    @TempDir
    private Path folder;

    private Path output;
    private Process demo;

    @BeforeEach
    void prepare() throws IOException {
        RunningDatabases.open(folder);
        output = folder.resolve("output");
    }

    @AfterEach
    void endDemo() {
        if (demo != null) {
            demo.destroyForcibly(); // its processes end with it
        }
    }

    @Test
    void everyStepHolds_andNothingIsLeft() throws Exception {
        start("--orders", "2000", "--calls-per-second", "200");

        assertThat(demo.waitFor(5, TimeUnit.MINUTES)).isTrue();
        skipWithoutDatabase();
        assertThat(demo.exitValue()).as(Files.readString(output)).isZero();
        assertThat(output)
                .content()
                .contains("== 10. ")
                .contains("every step was as expected")
                .doesNotContain("FAILED");
        assertThat(folder.resolve("tmp")).isEmptyDirectory();
    }

    @Test
    void killedDemo_takesItsProcessesWithIt() throws IOException {
        start("--orders", "1000");
        awaitOutput("== 1. ");
        skipWithoutDatabase();
        List<ProcessHandle> processes = demo.descendants().toList();
        assertThat(processes).hasSizeGreaterThanOrEqualTo(8);

        demo.destroyForcibly();

        await().atMost(Duration.ofSeconds(60)).until(() -> processes.stream().noneMatch(ProcessHandle::isAlive));
    }

    @Test
    void interruptedDemo_endsItsProcesses_andClearsUp() throws Exception {
        start("--orders", "1000");
        awaitOutput("== 1. ");
        skipWithoutDatabase();
        List<ProcessHandle> processes = demo.descendants().toList();

        demo.destroy();

        assertThat(demo.waitFor(1, TimeUnit.MINUTES)).isTrue();
        await().atMost(Duration.ofSeconds(30)).until(() -> processes.stream().noneMatch(ProcessHandle::isAlive));
        assertThat(folder.resolve("tmp")).isEmptyDirectory();
        assertThat(output).content().doesNotContain("cannot go on");
    }

    @Test
    void fewOrders_areRefusedInOneSentence() throws Exception {
        start("--orders", "10");

        assertThat(demo.waitFor(1, TimeUnit.MINUTES)).isTrue();
        assertThat(demo.exitValue()).isEqualTo(2);
        assertThat(output).content().contains("--orders: expected 1000 to 10000000, found 10");
    }

    private void skipWithoutDatabase() throws IOException {
        assumeFalse(Files.readString(output).contains("no PostgreSQL"), "this machine can run no database");
    }

    private void start(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Djava.io.tmpdir=" + RunningDatabases.open(Files.createDirectory(folder.resolve("tmp"))),
                "-cp",
                System.getProperty("java.class.path"),
                DataDemo.class.getName()));
        command.addAll(List.of(arguments));
        demo = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
    }

    private void awaitOutput(String text) {
        await().atMost(Duration.ofMinutes(2)).until(() -> {
            String said = Files.readString(output);
            return said.contains(text) || said.contains("no PostgreSQL");
        });
    }
}
