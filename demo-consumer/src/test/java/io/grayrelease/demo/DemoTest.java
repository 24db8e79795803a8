package io.grayrelease.demo;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
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

/** The demo as scripts/demo.sh starts it, all its processes included. */
class DemoTest {
    @TempDir
    private Path folder;

    private Path output;
    private Process demo;

    @BeforeEach
    void prepare() {
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
        start();

        assertThat(demo.waitFor(5, TimeUnit.MINUTES)).isTrue();
        assertThat(demo.exitValue()).as(Files.readString(output)).isZero();
        assertThat(output)
                .content()
                .contains("== 9. ")
                .contains("every step was as expected")
                .doesNotContain("FAILED");
        assertThat(folder.resolve("tmp")).isEmptyDirectory();
    }

    @Test
    void killedDemo_takesItsProcessesWithIt() throws IOException {
        start();
        awaitOutput("== 1. ");
        List<ProcessHandle> processes = demo.descendants().toList();
        assertThat(processes).hasSizeGreaterThanOrEqualTo(6);

        demo.destroyForcibly();

        await().atMost(Duration.ofSeconds(60)).until(() -> processes.stream().noneMatch(ProcessHandle::isAlive));
    }

    @Test
    void interruptedDemo_endsItsProcesses_andClearsUp() throws Exception {
        start();
        awaitOutput("== 1. ");
        List<ProcessHandle> processes = demo.descendants().toList();

        demo.destroy();

        assertThat(demo.waitFor(1, TimeUnit.MINUTES)).isTrue();
        assertThat(processes).noneMatch(ProcessHandle::isAlive);
        assertThat(folder.resolve("tmp")).isEmptyDirectory();
        assertThat(output).content().doesNotContain("cannot go on");
    }

    @Test
    void fewUsers_areRefusedInOneSentence() throws Exception {
        start("--uids", "10");

        assertThat(demo.waitFor(1, TimeUnit.MINUTES)).isTrue();
        assertThat(demo.exitValue()).isEqualTo(2);
        assertThat(output).content().contains("--uids: expected 1100 or more, found 10");
    }

    @Test
    void portInUse_isSaid_andNothingIsLeftRunning() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            start("--http-port", String.valueOf(taken.getLocalPort()));

            assertThat(demo.waitFor(2, TimeUnit.MINUTES)).isTrue();
            assertThat(demo.exitValue()).isEqualTo(1);
            assertThat(output)
                    .content()
                    .contains("The demo cannot go on: port " + taken.getLocalPort() + " is in use.")
                    .doesNotContain("The page:");
        }
    }

    private void start(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Djava.io.tmpdir=" + Files.createDirectory(folder.resolve("tmp")),
                "-cp",
                System.getProperty("java.class.path"),
                Demo.class.getName()));
        command.addAll(List.of(arguments));
        demo = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
    }

    private void awaitOutput(String text) {
        await().atMost(Duration.ofMinutes(2))
                .until(() -> Files.readString(output).contains(text));
    }
}
