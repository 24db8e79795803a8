package io.grayrelease.cli.ramp;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Two processes of one service, as Micrometer's Prometheus registry shows their counters. */
class ServicesGuardTest {
    private static final Duration WINDOW = Duration.ofMinutes(5);
    private static final Limits LIMITS = new Limits(100, 0.01, 50);

    @TempDir
    Path folder;

    private final Map<String, String> answers = new HashMap<>();
    private final Time time = new Time();
    private HttpServer server;
    private URI root;
    private Guard guard;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
        root = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
        guard = new ServicesGuard(
                new ServicesGuard.Subject(
                        List.of(root.resolve("/one"), root.resolve("/two")), "com.acme.OrderService", "T"),
                WINDOW,
                LIMITS,
                time);
        answers.put("/one", counters(5_000, 900, 90_000, 100, 0.1));
        answers.put("/two", counters(0, 0, 0, 0, 0.1));
        assertThat(guard.ask().kind()).isEqualTo(Judgement.Kind.HOLD);
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void whatWasBeforeTheFirstLook_doesNotCount() {
        assertThat(guard.ask().reason()).startsWith("0 gray and 0 baseline requests");
    }

    @Test
    void growthOfAllProcessesCounts_andPasses() {
        answers.put("/one", counters(5_100, 900, 91_000, 100, 0.1));
        answers.put("/two", counters(200, 1, 3_000, 15, 0.1));

        Judgement judgement = guard.ask();

        assertThat(judgement.reason()).endsWith("300 gray requests");
        assertThat(judgement.kind()).isEqualTo(Judgement.Kind.PASS);
    }

    @Test
    void moreErrorsThanTheBaseline_areABreach() {
        answers.put("/one", counters(5_200, 906, 91_000, 100, 0.1));

        assertThat(guard.ask().kind()).isEqualTo(Judgement.Kind.BREACH);
        assertThat(guard.ask().reason()).startsWith("error rate +3.000 %");
    }

    @Test
    void slowerThanTheBaseline_isABreach() {
        answers.put("/one", counters(5_200, 900, 91_000, 100, 1));

        Judgement judgement = guard.ask();

        assertThat(judgement.kind()).isEqualTo(Judgement.Kind.BREACH);
        assertThat(judgement.reason())
                .contains("p99 +892.0 ms"); // 99 % of the way from 0.1 to 1 s, against that from 0 to 0.1
    }

    @Test
    void processThatBeginsAnew_countsFromZero() {
        answers.put("/one", counters(150, 0, 400, 0, 0.1));

        assertThat(guard.ask().reason()).endsWith("150 gray requests");
    }

    @Test
    void processThatIsAway_holds_andNothingCountsTwiceOrHalf() {
        answers.put("/one", counters(5_100, 900, 91_000, 100, 0.1));
        String two = answers.remove("/two");
        assertThat(guard.ask().kind()).isEqualTo(Judgement.Kind.HOLD);
        assertThat(guard.ask().reason()).contains("/two cannot be asked: java.io.IOException: status 404");

        answers.put("/two", two);

        assertThat(guard.ask().reason()).endsWith("100 gray requests");
    }

    @Test
    void whatIsOlderThanTheWindow_isForgotten() {
        answers.put("/one", counters(5_200, 1_000, 91_000, 100, 0.1));
        assertThat(guard.ask().kind()).isEqualTo(Judgement.Kind.BREACH);

        time.now = time.now.plus(WINDOW);
        answers.put("/one", counters(5_400, 1_000, 92_000, 100, 0.1));
        guard.ask();
        time.now = time.now.plus(WINDOW);
        answers.put("/one", counters(5_700, 1_000, 93_000, 100, 0.1));

        Judgement judgement = guard.ask();

        assertThat(judgement.kind()).isEqualTo(Judgement.Kind.PASS);
        assertThat(judgement.reason()).endsWith("300 gray requests");
    }

    @Test
    void aFileSaysWhomToAsk() throws IOException {
        Guard read =
                GuardFile.read(file("services = " + root.resolve("/one") + ", " + root.resolve("/two"), "tag = T"));

        assertThat(read.ask().reason()).startsWith("0 gray and 0 baseline requests");
        answers.put("/one", counters(5_100, 900, 91_000, 100, 0.1));
        assertThat(read.ask().reason()).endsWith("400 gray requests"); // of both services
    }

    @Test
    void aFileThatSaysSomethingElse_isRefused() throws IOException {
        Path noUrl = file("services = web-app", "tag = T");
        Path noTag = file("services = http://web-app/metrics");
        Path both = file("services = http://web-app/metrics", "tag = T", "prometheus = http://prometheus:9090");

        assertThatThrownBy(() -> GuardFile.read(noUrl))
                .hasMessageContaining("services has \"web-app\", expected http://");
        assertThatThrownBy(() -> GuardFile.read(noTag)).hasMessageContaining("tag is missing");
        assertThatThrownBy(() -> GuardFile.read(both)).hasMessageContaining("prometheus is not known");
    }

    private Path file(String... lines) throws IOException {
        List<String> all = new ArrayList<>(List.of(lines));
        all.addAll(List.of("window = 5m", "min.requests = 100", "max.error-rate = 1%", "max.p99 = 50ms"));
        return Files.write(Files.createTempFile(folder, "guard", ".properties"), all);
    }

    /** What a process has counted; calls of another service, and those that fell back, are there to be passed over. */
    private static String counters(int gray, int grayErrors, int baseline, int baselineErrors, double graySeconds) {
        return "# HELP gray_calls_total calls by the version that they went to\n# TYPE gray_calls_total counter\n"
                + calls("com.acme.OrderService", "T", "hit", gray, grayErrors, graySeconds)
                + calls("com.acme.OrderService", "T", "fallback", 7 * gray, 7 * gray, 10)
                + calls("com.acme.OrderService", "baseline", "baseline", baseline, baselineErrors, 0.1)
                + calls("com.acme.StockService", "T", "hit", 3 * gray, 3 * gray, 10)
                + "jvm_threads_live_threads 23.0\n";
    }

    private static String calls(String service, String tag, String outcome, int calls, int errors, double seconds) {
        String labels = "application=\"web-app\",outcome=\"" + outcome + "\",service=\"" + service + "\",tag=\"" + tag
                + "\",version=\"2.0.0\"";
        StringBuilder text = new StringBuilder();
        text.append("gray_calls_total{")
                .append(labels)
                .append(",} ")
                .append(calls)
                .append(".0\n");
        text.append("gray_call_failures_total{")
                .append(labels)
                .append("} ")
                .append(errors)
                .append("\n");
        for (double bound : new double[] {0.1, 1, 10}) {
            text.append(bucket(labels, String.valueOf(bound), bound >= seconds ? calls : 0));
        }
        return text.append(bucket(labels, "+Inf", calls)).toString();
    }

    private static String bucket(String labels, String bound, int calls) {
        return "gray_call_duration_seconds_bucket{" + labels + ",le=\"" + bound + "\",} " + calls + "\n";
    }

    private void answer(HttpExchange exchange) throws IOException {
        String answer = answers.get(exchange.getRequestURI().getPath());
        byte[] body = (answer == null ? "" : answer).getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(answer == null ? 404 : 200, body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    /** A clock that stands. */
    private static final class Time extends Clock {
        private Instant now = Instant.EPOCH;

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}
