package io.grayrelease.nginx.agent;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

import org.apache.curator.framework.CuratorFramework;
import org.awaitility.core.ThrowingRunnable;

import io.grayrelease.demo.servers.ApolloEndpoint;
import io.grayrelease.nginx.Backend;
import io.grayrelease.nginx.LiveNginx;
import io.grayrelease.nginx.OtherJvm;
import io.grayrelease.nginx.drive.UnixHttp;
import io.grayrelease.nginx.files.DurableFiles;
import io.grayrelease.nginx.registry.Registry;
import io.grayrelease.policy.model.Snapshot;
import io.grayrelease.zookeeper.Instance;
import io.grayrelease.zookeeper.Instances;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** An agent as operators run it, in a process of its own; with Apollo, ZooKeeper, an Nginx, and a server of each of two versions. */
final class WholeAgent implements AutoCloseable {
    private static final String NAMESPACE = "edge-policy";

    final Registry registry = new Registry();
    final ApolloEndpoint apollo = ApolloEndpoint.start(0, Duration.ofMillis(500));
    final Backend old = Backend.start("1.0.0");
    final Backend fresh = Backend.start("2.0.0");
    final LiveNginx nginx;
    private final CuratorFramework client = registry.newClient();
    private final Path folder;
    private Process process;
    private String driver;

    /** Those that there is an Nginx for. */
    static List<String> drivers() {
        return Stream.of("native", "lua")
                .filter(driver -> driver.equals("native") || LiveNginx.hasLua())
                .toList();
    }

    WholeAgent(Path folder, String driver) throws Exception {
        this.folder = folder;
        this.nginx = LiveNginx.in(folder);
        registers(old);
        registers(fresh);
        nginx.configure(
                (LiveNginx.hasLua() ? LiveNginx.LUA_MODULES : "") + "worker_processes 2;\n",
                """
                include %1$s/gray-http.conf;
                server {
                  listen 127.0.0.1:PORT;
                  location / { include %1$s/gray-proxy.conf; proxy_pass http://$gray_upstream_web; }
                }
                """
                        .formatted(state().resolve("current")));
        settings(driver);
    }

    /** Writes the settings, with another way to tell Nginx. */
    void settings(String other) throws IOException {
        driver = other;
        Files.writeString(
                file(),
                String.join(
                        "\n",
                        "app.id = nginx-edge",
                        "apollo.meta = " + apollo.url(),
                        "apollo.config-service = " + apollo.url(),
                        "namespace = " + NAMESPACE,
                        "zookeeper = " + registry.address(),
                        "zookeeper.grace = 2s",
                        "state-dir = " + state(),
                        "run-dir = " + folder.resolve("run"),
                        "driver = " + driver,
                        "nginx.binary = " + nginx.program().binary(),
                        "nginx.conf = " + nginx.program().configuration(),
                        "nginx.prefix = " + folder,
                        "reload.quiet = 100ms",
                        "reload.min-interval = 100ms",
                        "upstream.web.application = web-app"));
    }

    private Path file() {
        return folder.resolve("agent.properties");
    }

    Path state() {
        return folder.resolve("state");
    }

    void registers(Backend backend) throws Exception {
        registry.version(
                "web-app", backend.address(), String.valueOf(backend.server().version()));
    }

    /** A policy with one rule, which gives the tag of the new version. */
    static Map<String, String> policy(String condition) {
        return Map.of("gray.route.T", "web-app:2.0.0", "gray.rule.1-a", condition + " => T");
    }

    static String hash(String condition) {
        return Snapshot.of(policy(condition)).hash();
    }

    void publish(String condition) {
        apollo.publish(NAMESPACE, policy(condition));
    }

    /** From now on; nor does apollo-client have a cache. */
    void apolloAway() throws IOException {
        apollo.setAway(true);
        DurableFiles.delete(state().resolve("apollo"));
    }

    /** Starts the agent, and Nginx when it can be started. */
    WholeAgent start() throws Exception {
        process = jvm().redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        folder.resolve("agent.log").toFile()))
                .start();
        if (nginx.master().isEmpty()) {
            eventually(
                    () -> assertThat(state().resolve("current/gray-http.conf")).exists());
            nginx.start();
        }
        return this;
    }

    private ProcessBuilder jvm() {
        return OtherJvm.start("", NginxAgent.class, "run", "--config", file().toString());
    }

    /** A second agent with the same settings. */
    OtherJvm.Ended second() throws Exception {
        return OtherJvm.run("", NginxAgent.class, "run", "--config", file().toString());
    }

    /** With -9. */
    void kill() throws Exception {
        process.destroyForcibly().waitFor();
    }

    /** As systemd does. */
    void stop() throws Exception {
        process.destroy();
        assertThat(process.waitFor()).isEqualTo(143);
    }

    StatusJson status() throws IOException {
        return StatusJson.read(Files.readString(state().resolve(StatusFile.NAME)));
    }

    /** The command. */
    String statusText() {
        StringWriter out = new StringWriter();
        NginxAgent.commandLine(new InstalledDrivers())
                .setOut(new PrintWriter(out))
                .execute("status", "--config", file().toString());
        return out.toString();
    }

    /** What tools of the fleet see. */
    Instance node() throws Exception {
        List<Instance> all = Instances.read(client).all();
        Optional<Instance> mine = all.stream()
                .filter(instance -> driver.equals(instance.driver()))
                .reduce((one, other) -> one); // that of one killed a moment ago may still be there
        return mine.orElseThrow();
    }

    /** Waits until Nginx runs on the policy with a rule, as the status and as a request of it say. */
    void awaitInForce(String condition) {
        eventually(() -> {
            assertThat(status().policy()).as(this::log).isEqualTo(hash(condition));
            assertThat(status().error()).as(this::log).isNull();
            assertThat(ProcessHandle.of(status().pid())).contains(process.toHandle());
        });
    }

    String log() {
        try {
            return Files.readString(folder.resolve("agent.log"));
        } catch (IOException e) {
            return e.toString();
        }
    }

    /** What a user's request is answered with: by the server, its address and the headers it got. */
    String ask(int uid) throws IOException {
        return nginx.get("/", "x-uid: " + uid);
    }

    void assertGoesTo(Backend backend, int uid) throws IOException {
        assertThat(ask(uid)).startsWith("HTTP/1.1 200").contains(backend.address());
    }

    /** What everybody may ask Nginx. */
    long live() throws IOException {
        return Long.parseLong(new UnixHttp(folder.resolve("run/revision.sock"), Duration.ofSeconds(5))
                .get("/revision")
                .body()
                .trim());
    }

    /** The policy that Nginx with Lua says it runs on. */
    String pushed() throws IOException {
        return new UnixHttp(folder.resolve("run/control/policy.sock"), Duration.ofSeconds(5))
                .get("/policy")
                .body();
    }

    /** Which revision a link in the state folder leads to. */
    long link(String name) throws IOException {
        return Long.parseLong(
                Files.readSymbolicLink(state().resolve(name)).toString().substring("rev-".length()));
    }

    static void eventually(ThrowingRunnable assertion) {
        await().pollInterval(Duration.ofMillis(50))
                .atMost(Duration.ofSeconds(30))
                .ignoreExceptionsInstanceOf(IOException.class) // a file that is not there yet
                .untilAsserted(assertion);
    }

    @Override
    public void close() throws Exception {
        if (process != null) {
            kill();
        }
        nginx.close();
        client.close();
        registry.close();
        apollo.close();
        old.close();
        fresh.close();
    }
}
