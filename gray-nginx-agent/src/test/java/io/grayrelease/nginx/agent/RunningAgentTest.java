package io.grayrelease.nginx.agent;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.apache.curator.framework.CuratorFramework;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;

import io.grayrelease.demo.servers.ApolloEndpoint;
import io.grayrelease.nginx.registry.Registry;
import io.grayrelease.policy.model.Snapshot;
import io.grayrelease.zookeeper.Instance;
import io.grayrelease.zookeeper.Instances;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

/** The whole agent with a real ZooKeeper, and a policy in a file or in an Apollo; only the driver notes what it is asked. */
class RunningAgentTest {
    @TempDir
    Path folder;

    private final RecordingDriver driver = new RecordingDriver();
    private Registry registry;
    private CuratorFramework client;
    private RunningAgent agent;

    @BeforeEach
    void start() throws Exception {
        registry = new Registry();
        client = registry.newClient();
        registry.version("web-app", "10.0.0.1:80", "1.0.0").version("web-app", "10.0.0.2:80", "2.0.0");
    }

    @AfterEach
    void stop() throws Exception {
        if (agent != null) {
            agent.close();
        }
        client.close();
        registry.close();
    }

    private static Map<String, String> policy(String rule) {
        return new HashMap<>(Map.of("gray.route.T", "web-app:2.0.0", "gray.rule.1-a", rule + " => T"));
    }

    private static String hash(Map<String, String> keys) {
        return Snapshot.of(keys).hash();
    }

    private Path policyFile() {
        return folder.resolve("policy.properties");
    }

    private void publish(Map<String, String> keys) throws IOException {
        StringBuilder text = new StringBuilder();
        keys.forEach(
                (key, value) -> text.append(key).append(" = ").append(value).append('\n'));
        Files.writeString(policyFile(), text);
    }

    private Path settings(String... more) throws IOException {
        return Files.writeString(
                folder.resolve("agent.properties"),
                String.join(
                        "\n",
                        "zookeeper = " + registry.address(),
                        "state-dir = " + folder.resolve("state"),
                        "driver = lua",
                        "nginx.binary = " + folder.resolve("no-nginx"),
                        "upstream.web.application = web-app",
                        String.join("\n", more)));
    }

    private Path fileSettings() throws IOException {
        return settings("source = file:" + policyFile());
    }

    private void run(Path settings) throws Exception {
        agent = RunningAgent.start(AgentSettings.read(settings), any -> driver, Clock.systemUTC());
    }

    private Instance node() throws Exception {
        List<Instance> all = Instances.read(client).all();
        assertThat(all).hasSize(1);
        return all.get(0);
    }

    private static void eventually(org.awaitility.core.ThrowingRunnable assertion) {
        await().atMost(Duration.ofSeconds(30)).untilAsserted(assertion);
    }

    /** Runs a command of the command line in this process. */
    private record Command(int exitCode, String out, String err) {
        static Command of(RecordingDriver driver, String... args) {
            StringWriter out = new StringWriter();
            StringWriter err = new StringWriter();
            int exitCode = NginxAgent.commandLine(settings -> driver)
                    .setOut(new PrintWriter(out))
                    .setErr(new PrintWriter(err))
                    .execute(args);
            return new Command(exitCode, out.toString(), err.toString());
        }
    }

    private Command command(String name, Path settings, String... more) {
        String[] args = new String[more.length + 3];
        System.arraycopy(new String[] {name, "--config", settings.toString()}, 0, args, 0, 3);
        System.arraycopy(more, 0, args, 3, more.length);
        return Command.of(driver, args);
    }

    @Test
    void policyAndServers_reachNginx_andTheFleetIsTold() throws Exception {
        publish(policy("uid == 1"));
        run(fileSettings());

        eventually(() -> assertThat(node().policy()).isEqualTo(hash(policy("uid == 1"))));
        assertThat(driver.last().upstreams().get(0).baseline()).containsExactly("10.0.0.1:80");
        assertThat(driver.last().upstreams().get(0).tags()).isEqualTo(Map.of("T", List.of("10.0.0.2:80")));
        assertThat(node().application()).isEqualTo("nginx-agent");
        assertThat(node().driver()).isEqualTo("lua");
        assertThat(node().status()).isEqualTo(Instance.Status.ACCEPTED);
        assertThat(node().revision()).isEqualTo(1);
        assertThat(node().appliedAt()).isNotNull();
        assertThat(node().error()).isNull();

        registry.version("web-app", "10.0.0.3:80", "2.0.0");
        eventually(() -> assertThat(driver.last().upstreams().get(0).tags().get("T"))
                .containsExactly("10.0.0.2:80", "10.0.0.3:80"));
        eventually(() -> assertThat(node().revision()).isEqualTo(2));
    }

    @Test
    void policyThatNginxCannotDo_isRefusedLoudly() throws Exception {
        publish(policy("uid == 1"));
        Path settings = fileSettings();
        run(settings);
        eventually(() -> assertThat(node().policy()).isEqualTo(hash(policy("uid == 1"))));

        publish(policy("arg[0] == 1"));

        eventually(() -> assertThat(node().status()).isEqualTo(Instance.Status.REJECTED));
        assertThat(node().policy()).isEqualTo(hash(policy("uid == 1")));
        assertThat(node().rejected()).isEqualTo(hash(policy("arg[0] == 1")));
        assertThat(node().problems()).containsExactly("gray.rule.1-a: found arg, expected what nginx can see");
        Command status = command("status", settings);
        assertThat(status.exitCode()).isEqualTo(NginxAgent.NO);
        assertThat(status.out()).contains("rejected  " + hash(policy("arg[0] == 1")), "gray.rule.1-a: found arg");
    }

    @Test
    void policyThatNginxDoesNotTake_isNotSaidToBeThere() throws Exception {
        publish(policy("uid == 1"));
        run(fileSettings());
        eventually(() -> assertThat(node().policy()).isEqualTo(hash(policy("uid == 1"))));
        driver.failure = "x".repeat(5_000);

        publish(policy("uid == 2"));

        eventually(() -> assertThat(node().error()).hasSize(1_003));
        assertThat(node().policy()).isEqualTo(hash(policy("uid == 1")));
        assertThat(node().status()).isEqualTo(Instance.Status.ACCEPTED);
    }

    @Test
    void status_tellsWhatNginxRunsOn_andWhetherAnAgentRuns() throws Exception {
        Path settings = fileSettings();
        assertThat(command("status", settings).exitCode()).isEqualTo(NginxAgent.UNREADABLE);
        publish(policy("uid == 1"));
        run(settings);
        eventually(() -> assertThat(command("status", settings).exitCode()).isZero());

        Command text = command("status", settings);
        assertThat(text.out())
                .contains(
                        "agent     runs, process " + ProcessHandle.current().pid(),
                        "driver    lua, nginx not known (cannot run ",
                        "policy    " + hash(policy("uid == 1")) + ", accepted 2",
                        "nginx     revision 1 with policy " + hash(policy("uid == 1")) + ", since 2",
                        "warning   reloads cost requests",
                        "web       10.0.0.1:80",
                        "          T: 10.0.0.2:80");
        JsonObject json = JsonParser.parseString(
                        command("status", settings, "--json").out())
                .getAsJsonObject();
        assertThat(json.get("fine").getAsBoolean()).isTrue();
        assertThat(json.get("running").getAsBoolean()).isTrue();
        assertThat(json.getAsJsonObject("status").get("revision").getAsLong()).isEqualTo(1);

        agent.close();
        agent = null;
        assertThat(driver.closed).isTrue();
        Command after = command("status", settings);
        assertThat(after.exitCode()).isEqualTo(NginxAgent.NO);
        assertThat(after.out()).startsWith("agent     does not run");
    }

    @Test
    void agents_areOneToAStateDirectory() throws Exception {
        publish(policy("uid == 1"));
        Path settings = fileSettings();
        run(settings);

        Command second = command("run", settings);

        assertThat(second.exitCode()).isEqualTo(NginxAgent.UNREADABLE);
        assertThat(second.err()).contains(folder.resolve("state/lock") + " is locked by another agent of this process");
    }

    @Test
    void restart_withoutApolloAndZooKeeper_goesOnWithWhatWasThere() throws Exception {
        publish(policy("uid == 1"));
        Path settings = fileSettings();
        run(settings);
        eventually(() -> assertThat(driver.lastPolicy()).isEqualTo(hash(policy("uid == 1"))));
        agent.close();
        Files.delete(policyFile());
        registry.away();
        driver.models.clear();

        run(settings);

        eventually(() -> assertThat(driver.models).hasSize(1));
        assertThat(driver.lastPolicy()).isEqualTo(hash(policy("uid == 1")));
        assertThat(driver.last().upstreams().get(0).baseline()).containsExactly("10.0.0.1:80");
        eventually(() -> assertThat(command("status", settings).out()).contains(", back from disk, from file "));
    }

    @Test
    void apollo_isAskedAsTheSettingsSay() throws Exception {
        try (ApolloEndpoint apollo = ApolloEndpoint.start(0, Duration.ofMillis(500))) {
            apollo.publish("edge-policy", policy("uid == 1"));
            Path settings = settings(
                    "namespace = edge-policy",
                    "app.id = nginx-edge",
                    "apollo.meta = " + apollo.url(),
                    "apollo.config-service = " + apollo.url());
            run(settings);
            eventually(() -> assertThat(node().policy()).isEqualTo(hash(policy("uid == 1"))));

            apollo.publish("edge-policy", policy("uid == 2"));

            eventually(() -> assertThat(node().policy()).isEqualTo(hash(policy("uid == 2"))));
            assertThat(node().source()).isEqualTo("apollo edge-policy");
            assertThat(folder.resolve("state/apollo")).isDirectoryRecursivelyContaining("glob:**edge-policy*");
            Command check = command("check", settings);
            assertThat(check.out()).contains("policy " + hash(policy("uid == 2")) + ", from apollo edge-policy");
        } finally {
            List.of("app.id", "apollo.meta", "apollo.config-service", "apollo.cache-dir")
                    .forEach(System::clearProperty);
        }
    }

    @Test
    void check_tellsWhatWouldBeDone_andDoesNothing() throws Exception {
        publish(policy("uid == 1"));
        Path settings = fileSettings();

        Command check = command("check", settings);

        assertThat(check.out())
                .contains(
                        settings + ": fine",
                        "warning: reloads cost requests",
                        "policy " + hash(policy("uid == 1")) + ", from file " + policyFile() + ": 1 rules, 1 routes",
                        "web: 10.0.0.1:80",
                        "  T: 10.0.0.2:80");
        assertThat(check.exitCode()).isZero();
        assertThat(driver.asked).isZero();
        assertThat(folder.resolve("state")).doesNotExist();
    }

    @Test
    void check_namesWhatNginxCannotDo() throws Exception {
        publish(policy("arg[0] == 1"));

        Command check = command("check", fileSettings());

        assertThat(check.exitCode()).isEqualTo(NginxAgent.NO);
        assertThat(check.out()).contains("error: gray.rule.1-a: found arg, expected what nginx can see");
    }

    @Test
    void check_namesProblemsOfThePolicy_andOfTheSettings() throws Exception {
        publish(policy("uid in @nobody"));
        Command policy = command("check", fileSettings());
        assertThat(policy.exitCode()).isEqualTo(NginxAgent.NO);
        assertThat(policy.out()).contains("policy refused, from file ", "error: gray.rule.1-a, column 9: found ");

        Command settings = command("check", settings("drivers = lua"));
        assertThat(settings.exitCode()).isEqualTo(NginxAgent.NO);
        assertThat(settings.err()).contains("drivers: found this key", "did you mean \"driver\"?");
    }

    @Test
    void check_withoutPolicyOrZooKeeperOrSettings_isUnreadable() throws Exception {
        assertThat(command("check", folder.resolve("nothing")).exitCode()).isEqualTo(NginxAgent.UNREADABLE);
        assertThat(command("check", fileSettings()).err()).contains("no policy could be read: file ");

        publish(policy("uid == 1"));
        registry.away();
        Command check = command("check", fileSettings());
        assertThat(check.exitCode()).isEqualTo(NginxAgent.UNREADABLE);
        assertThat(check.err()).contains("ZooKeeper at " + registry.address() + ": no connection within 5 s");
    }

    @Test
    void stateDirectory_thatCannotBeMade_isNamed() throws Exception {
        Path file = Files.writeString(folder.resolve("file"), "");
        Path settings = Files.writeString(
                folder.resolve("x.properties"),
                "upstream.web.servers = 10.0.0.1:80\nstate-dir = " + file.resolve("state"));

        assertThatThrownBy(() -> run(settings)).isInstanceOf(IOException.class);
    }
}
