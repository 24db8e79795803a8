package io.grayrelease.benchmarks.nginx;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

import io.grayrelease.nginx.agent.NginxAgent;

/** The whole agent, as {@code scripts/nginx-agent} starts it. */
final class AgentProcess implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 20;

    private final Process process;

    private AgentProcess(Process process) {
        this.process = process;
    }

    /** Starts it; does not wait. The front's own driver must not be used any more. */
    static AgentProcess start(FrontPlan front, String apollo) throws IOException {
        Path file = Files.writeString(
                front.folder().resolve("agent.properties"),
                front.settings("app.id = bench", "apollo.meta = " + apollo, "reload.min-interval = 0ms"));
        Process process = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-Xmx128m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        NginxAgent.class.getName(),
                        "run",
                        "--config",
                        file.toString()))
                .redirectErrorStream(true)
                .redirectOutput(front.folder().resolve("agent.log").toFile())
                .start();
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly, "agent-shutdown"));
        return new AgentProcess(process);
    }

    @Override
    public void close() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
    }
}
