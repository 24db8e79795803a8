package io.grayrelease.it;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

import org.apache.curator.test.TestingServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

import io.grayrelease.demo.servers.FreePorts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** A person asks a consumer, on the QoS port. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class QosTest {
    private final HttpClient http = HttpClient.newHttpClient();
    private final int port = FreePorts.next();
    private TestingServer zooKeeper;
    private Chain chain;

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        zooKeeper = new TestingServer(true);
        chain = new Chain(zooKeeper.getConnectString(), folder, "all", "dubbo");
        chain.write("switch", "on");
        chain.stock("1.0.0")
                .order("1.0.0")
                .order("2.0.0")
                .consumer(app -> app.application(application -> {
                    application.setQosEnable(true);
                    application.setQosPort(port);
                }));
        chain.awaitPaths(paths -> paths.size() == 2);
    }

    @AfterAll
    void stop() throws Exception {
        chain.close();
        zooKeeper.close();
    }

    @Test
    void status_tellsPolicyVersionAndProviders() throws Exception {
        chain.policy("rule.1-a", "uid == 7 => T", "route.T", Chain.ORDER + ":2.0.0");

        assertThat(ask("a=status").lines())
                .contains("application consumer-app", "version     none")
                .contains("calls       " + Chain.ORDER + " - order-app 1.0.0: 1, order-app 2.0.0: 1")
                .anyMatch(line -> line.matches("source      file .*policy.properties"))
                .anyMatch(line -> line.matches(
                        "policy      " + chain.get("consumer").policy() + ", accepted \\S+Z \\(\\d+ s ago\\)"));
    }

    @Test
    void status_tellsWhyAPolicyWasRejected() throws Exception {
        chain.policy("rule.1-a", "uid == 8 => T", "route.T", Chain.ORDER + ":2.0.0");
        chain.write("rule.1-a", "uid = 8 => T", "route.T", Chain.ORDER + ":2.0.0");

        await().untilAsserted(() -> assertThat(ask("a=status").lines())
                .anyMatch(line -> line.matches("rejected    [0-9a-f]{12}, .* ago\\)"))
                .anyMatch(line -> line.startsWith("problem     gray.rule.1-a, column 5: found \"=\"")));
    }

    @Test
    void explain_tellsRulesTagsAndWhereTheCallGoes() throws Exception {
        chain.policy("rule.1-a", "uid == 7 => T", "route.T", Chain.ORDER + ":2.0.0");

        assertThat(ask("a=explain&b=" + Chain.ORDER + "&c=uid%3D7").lines().skip(2))
                .containsExactly(
                        "gray.rule.1-a = uid == 7 => T",
                        "  matched: adds the tag T",
                        "    yes  uid == 7: it is \"7\"",
                        "tags        T",
                        "alive       order-app 1.0.0: 1, order-app 2.0.0: 1",
                        "outcome     hit: tag T sends " + Chain.ORDER + " to " + Chain.ORDER + ":2.0.0",
                        "goes to     order-app 2.0.0: 1");
        assertThat(ask("a=explain&b=" + Chain.ORDER + "&c=uid%3D9").lines())
                .contains("  not matched: no tag from it", "tags        none, a baseline request")
                .contains("goes to     order-app 1.0.0: 1");
    }

    @Test
    void explain_foreseesAFallback_andARejection() throws Exception {
        chain.policy("rule.1-a", "uid == 7 => T", "route.T", Chain.ORDER + ":5.0.0");
        assertThat(ask("a=explain&b=" + Chain.ORDER + "&c=uid%3D7").lines())
                .anyMatch(line -> line.startsWith("outcome     fallback: "))
                .contains("goes to     order-app 1.0.0: 1, order-app 2.0.0: 1");

        chain.policy("rule.1-a", "uid == 7 => T", "route.T", Chain.ORDER + ":5.0.0 ; fallback=strict");
        assertThat(ask("a=explain&b=" + Chain.ORDER + "&c=uid%3D7").lines())
                .anyMatch(line -> line.startsWith("outcome     rejected: "))
                .contains("goes to     no provider");
    }

    @Test
    void dataOfAMigration_hasItsPhaseInTheStatus_andItsStoreInTheExplanation() throws Exception {
        chain.policy(
                "rule.1-a",
                "uid == 7 => T",
                "route.T",
                Chain.ORDER + ":2.0.0",
                "data.order-v2",
                "GRAY_READ ; read=T",
                "data.stock",
                "CAPTURE");

        assertThat(ask("a=status").lines())
                .contains("data        order-v2 - GRAY_READ; read=T", "data        stock - CAPTURE");
        assertThat(ask("a=explain&b=" + Chain.ORDER + "&c=uid%3D7").lines())
                .contains("data        order-v2 - new store, in phase GRAY_READ the tag T reads the new store")
                .contains("data        stock - old store, in phase CAPTURE everybody reads the old store");
        assertThat(ask("a=explain&b=" + Chain.ORDER + "&c=uid%3D9").lines())
                .contains("data        order-v2 - old store, in phase GRAY_READ only the tag T reads the new store");
    }

    @Test
    void whatIsNotUnderstood_isToldAndFollowedByTheUsage() throws Exception {
        assertThat(ask("a=explain&b=" + Chain.ORDER + "&c=user%3D7"))
                .startsWith("'user' is no value of a request: expected uid,")
                .contains("usage:");
        assertThat(ask("a=what")).startsWith("usage:");
        assertThat(ask("a=explain&b=com.acme.Nothing&c=uid%3D7"))
                .endsWith("consumer-app does not call com.acme.Nothing, or not yet\n");
    }

    @Test
    void telnet_hasTheSame() throws Exception {
        chain.policy("rule.1-a", "uid == 7 => T", "route.T", Chain.ORDER + ":2.0.0");

        assertThat(telnet("gray explain " + Chain.ORDER + " uid=7")).contains("goes to     order-app 2.0.0: 1");
    }

    private String ask(String query) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/gray?" + query))
                .build();
        return http.send(request, BodyHandlers.ofString()).body();
    }

    /** What is answered up to the end of the session. */
    private String telnet(String command) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(10_000);
            BufferedReader answer =
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
            socket.getOutputStream().write((command + "\r\n").getBytes(StandardCharsets.UTF_8));
            StringBuilder read = new StringBuilder();
            String line = answer.readLine();
            while (line != null && !line.startsWith("goes to")) {
                read.append(line).append('\n');
                line = answer.readLine();
            }
            return read.append(line).toString();
        }
    }
}
