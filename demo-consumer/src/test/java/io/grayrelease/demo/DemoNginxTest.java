package io.grayrelease.demo;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.apache.curator.framework.CuratorFramework;
import org.apache.curator.framework.CuratorFrameworkFactory;
import org.apache.curator.retry.RetryOneTime;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import io.grayrelease.demo.InstalledNginx.Driver;
import io.grayrelease.zookeeper.Instance;
import io.grayrelease.zookeeper.Instances;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** The demo with a real Nginx in front, all its processes included. */
@EnabledIf("isInstalled")
class DemoNginxTest {
    private static final String POLICY =
            """
            gray.list.testers = 70
            gray.rule.1-testers = uid in @testers => both-v2
            gray.rule.2-cookie = cookie["beta"] == "yes" => both-v2
            gray.route.both-v2 = io.grayrelease.demo.api.OrderService:2.0.0, stock:2.0.0
            """;

    private final HttpClient http = HttpClient.newHttpClient();

    @TempDir
    private Path folder;

    private Path policy;
    private Path output;
    private Process demo;

    static boolean isInstalled() {
        return canBe(Driver.NATIVE);
    }

    private static boolean canBe(Driver driver) {
        try {
            InstalledNginx.find(driver);
            return driver == Driver.NATIVE
                    || Stream.of("x86_64-linux-gnu", "aarch64-linux-gnu")
                            .anyMatch(kind -> Files.exists(Path.of("/usr/lib/" + kind + "/lua/5.1/cjson.so")));
        } catch (DemoException e) {
            return false;
        }
    }

    @BeforeEach
    void prepare() throws IOException {
        policy = Files.writeString(folder.resolve("policy.properties"), POLICY);
        output = folder.resolve("output");
    }

    @AfterEach
    void endDemo() {
        if (demo != null) {
            demo.destroyForcibly(); // its processes end with it
        }
    }

    @ParameterizedTest
    @EnumSource
    void nginxDecides_followsThePolicy_andEndsWithTheDemo(Driver driver) throws Exception {
        assumeTrue(canBe(driver), "needs " + driver);
        start("--nginx=" + driver);
        awaitOutput("in force");

        awaitAddresses();
        assertThat(order("x-uid", "50", "cookie", "beta=yes")).contains(byNginx(), gray("order"), gray("stock"));
        assertBaseline(order("x-uid", "50"));
        assertBaseline(order("x-uid", "50", "x-gray-tag", "both-v2"));
        assertBaseline(order("x-uid", "50", "baggage", "gray.tag=both-v2", "gray-uid", "70"));
        assertThat(order("x-uid", "50", "x-decided-by", "me")).contains(byNginx());

        publish(POLICY.replace("70", "50"));
        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> assertThat(order("x-uid", "50"))
                .contains(byNginx(), gray("order"), gray("stock")));
        assertBaseline(order("x-uid", "70"));
        assertAgentIsInTheFleet(driver);
        assertNothingIsLeft();
    }

    @Test
    void whatNginxDoesNotKnow_isDecidedBehind_andWhatItCannotExpress_isRefused() throws Exception {
        start("--nginx", "--http-port", "0");
        awaitOutput("in force");

        publish(POLICY.replace("2-cookie = cookie", "2-order = service like \"*Order*\" && cookie"));
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(order("x-uid", "50", "cookie", "beta=yes"))
                        .contains("\"decidedBy\":\"the entry of the consumer\"", gray("order"), gray("stock")));
        assertBaseline(order("x-uid", "50"));

        publish(POLICY.replace("uid in @testers", "uid in @testers || uid % 7 == 1"));
        awaitOutput("REFUSED");
        assertThat(output)
                .content()
                .contains("and refused:")
                .contains("nginx: gray.rule.1-testers: found % 7, expected a modulus that divides a power of ten");
    }

    @Test
    void killedDemo_takesNginxWithIt() throws IOException {
        start("--nginx");
        awaitOutput("in force");
        List<ProcessHandle> processes = demo.descendants().toList();
        assertThat(processes).anyMatch(DemoNginxTest::isNginx);

        demo.destroyForcibly();

        await().atMost(Duration.ofSeconds(60)).until(() -> processes.stream().noneMatch(ProcessHandle::isAlive));
    }

    @Test
    void portInUse_isSaidBeforeAnythingStarts() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            start("--nginx", "--http-port", String.valueOf(taken.getLocalPort()));

            assertThat(demo.waitFor(1, TimeUnit.MINUTES)).isTrue();
            assertThat(demo.exitValue()).isEqualTo(1);
            assertThat(output)
                    .content()
                    .contains("The demo cannot go on: nginx cannot have port " + taken.getLocalPort() + ": ")
                    .doesNotContain("Starting");
        }
    }

    private static String gray(String service) {
        return "{\"service\":\"" + service + "\",\"version\":\"2.0.0\",\"tag\":\"both-v2\"}";
    }

    private static String byNginx() {
        return "\"decidedBy\":\"nginx, revision ";
    }

    /** They arrive later than processes start. */
    private void awaitAddresses() {
        await().atMost(Duration.ofMinutes(1)).untilAsserted(() -> assertThat(order("x-uid", "70"))
                .contains(byNginx(), gray("order"), gray("stock")));
        await().atMost(Duration.ofMinutes(1)).untilAsserted(() -> assertBaseline(order("x-uid", "50")));
    }

    private static void assertBaseline(String answer) {
        assertThat(answer).contains("\"version\":\"1.0.0\",\"tag\":\"-\"").doesNotContain("2.0.0");
    }

    /** As grayctl status finds it. */
    private void assertAgentIsInTheFleet(Driver driver) throws Exception {
        try (CuratorFramework client =
                CuratorFrameworkFactory.newClient(found("--zookeeper (\\S+) "), new RetryOneTime(100))) {
            client.start();
            await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
                Instance agent = Instances.read(client).all().stream()
                        .filter(instance -> instance.application().equals("nginx-agent"))
                        .findFirst()
                        .orElseThrow();
                assertThat(agent.driver()).isEqualTo(driver.toString());
                assertThat(agent.policy()).isEqualTo(new Policy(Files.readString(policy)).hash());
                assertThat(order("x-uid", "1")).contains(byNginx() + agent.revision() + "\"");
            });
        }
    }

    private void assertNothingIsLeft() throws InterruptedException {
        List<ProcessHandle> processes = demo.descendants().toList();
        assertThat(processes).anyMatch(DemoNginxTest::isNginx);

        demo.destroy();

        assertThat(demo.waitFor(1, TimeUnit.MINUTES)).isTrue();
        assertThat(processes).noneMatch(ProcessHandle::isAlive);
        assertThat(folder.resolve("tmp")).isEmptyDirectory();
    }

    private static boolean isNginx(ProcessHandle process) {
        return process.info().command().orElse("").endsWith("/nginx");
    }

    private void start(String... arguments) throws IOException {
        List<String> command = Stream.concat(
                        Stream.of(
                                Path.of(System.getProperty("java.home"), "bin", "java")
                                        .toString(),
                                "-Djava.io.tmpdir=" + Files.createDirectory(folder.resolve("tmp")),
                                "-cp",
                                System.getProperty("java.class.path"),
                                Demo.class.getName(),
                                "--policy-file",
                                policy.toString()),
                        Stream.of(arguments))
                .toList();
        demo = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
    }

    private void publish(String text) throws IOException {
        Files.writeString(policy, text);
    }

    private void awaitOutput(String text) {
        await().atMost(Duration.ofMinutes(2))
                .untilAsserted(() -> assertThat(output).content().contains(text));
    }

    private String order(String... headers) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(found("The page: (\\S+)") + "order"))
                .headers(headers)
                .build();
        return http.send(request, BodyHandlers.ofString()).body();
    }

    private String found(String regex) throws IOException {
        Matcher matcher = Pattern.compile(regex).matcher(Files.readString(output));
        assertThat(matcher.find()).as(regex).isTrue();
        return matcher.group(1);
    }
}
