package io.grayrelease.demo;

import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

import io.grayrelease.nginx.agent.NginxAgent;

/**
 * The process of the edge: it is the agent, and starts the Nginx that the agent keeps on the policy. It says {@code edge=ok}, or what
 * is wrong; then it answers the command {@code policy} as all processes do. When its input ends, or it is told to end, Nginx ends too.
 */
public final class DemoEdge {
    private static final Duration PATIENCE = Duration.ofSeconds(40);
    private static final long SECONDS_TO_END = 3;

    private final PrintStream answers;
    private final EdgeFiles files;
    private final String binary;
    private final int port;

    private DemoEdge(PrintStream answers, EdgeFiles files, String binary, int port) {
        this.answers = answers;
        this.files = files;
        this.binary = binary;
        this.port = port;
    }

    /** Arguments: the folder with the written files, the program nginx, its port. */
    public static void main(String[] args) throws IOException {
        PrintStream answers = new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
        System.setOut(System.err); // what others print is no answer
        DemoEdge edge = new DemoEdge(answers, EdgeFiles.in(Path.of(args[0])), args[1], Integer.parseInt(args[2]));
        new Thread(edge::agent, "agent").start();
        new Thread(edge::start, "start").start();
        edge.serve();
        System.exit(0);
    }

    private void agent() {
        NginxAgent.main(new String[] {"run", "--config", files.settings().toString()});
    }

    /** Nginx cannot start before the agent has written what it includes. */
    private void start() {
        try {
            Deadline.await(PATIENCE, "the agent's files", () -> Files.exists(files.included()));
            Process nginx = new ProcessBuilder(
                            binary, "-c", files.configuration().toString())
                    .redirectErrorStream(true)
                    .redirectOutput(files.output().toFile())
                    .start();
            endWithUs(nginx);
            Deadline.await(
                    PATIENCE,
                    "nginx to do what the agent says",
                    () -> !nginx.isAlive()
                            || (listens() && EdgeStatus.read(files.status()).isFine()));
            answers.println("edge=" + (nginx.isAlive() ? "ok" : "nginx does not start: " + files.lastEmergency()));
        } catch (DemoException | IOException e) {
            String error = EdgeStatus.read(files.status()).error();
            answers.println("edge=" + e.getMessage() + (error == null ? "" : ": " + error));
        }
    }

    private boolean listens() {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    private static void endWithUs(Process nginx) {
        try {
            Runtime.getRuntime().addShutdownHook(new Thread(() -> end(nginx), "nginx-end"));
        } catch (IllegalStateException e) { // we are ending
            end(nginx);
        }
    }

    private static void end(Process nginx) {
        nginx.destroy();
        try {
            if (!nginx.waitFor(SECONDS_TO_END, TimeUnit.SECONDS)) {
                nginx.descendants().forEach(ProcessHandle::destroyForcibly);
                nginx.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void serve() throws IOException {
        BufferedReader commands = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String command = commands.readLine(); command != null; command = commands.readLine()) {
            if (command.equals("policy")) {
                EdgeStatus.read(files.status()).lines().forEach(answers::println);
            }
            answers.println("ok");
        }
    }
}
