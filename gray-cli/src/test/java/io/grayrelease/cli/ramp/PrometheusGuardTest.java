package io.grayrelease.cli.ramp;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** A guard as its file says, against a server that answers as Prometheus does. */
class PrometheusGuardTest {
    @TempDir
    Path folder;

    private final Map<String, String> answers = new HashMap<>();
    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/api/v1/query", this::answer);
        server.start();
        for (String version : List.of("gray", "baseline")) {
            answers.put(version + "_requests", vector("1000"));
            answers.put(version + "_errors{app=\"a b\"}", vector("0"));
            answers.put(version + "_p99", vector("0.2"));
        }
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void sameFigures_pass() throws IOException {
        Judgement judgement = guard().ask();

        assertThat(judgement.kind()).isEqualTo(Judgement.Kind.PASS);
        assertThat(judgement.reason())
                .isEqualTo(
                        "error rate +0.000 % (at most +0.500 %), p99 +0.0 ms (at most +50.0 ms) against the baseline,"
                                + " 1000 gray requests");
    }

    @Test
    void secondsBecomeMilliseconds() throws IOException {
        answers.put("gray_p99", vector("0.26"));

        assertThat(guard().ask().kind()).isEqualTo(Judgement.Kind.BREACH);
    }

    @Test
    void scalar_isANumberToo() throws IOException {
        answers.put(
                "gray_requests",
                "{\"status\":\"success\",\"data\":{\"resultType\":\"scalar\",\"result\":[1795470000.1,\"99\"]}}");

        assertThat(guard().ask().reason()).contains("99 gray and 1000 baseline requests, 500 of each are needed");
    }

    @Test
    void noData_holds() throws IOException {
        answers.put("gray_requests", "{\"status\":\"success\",\"data\":{\"resultType\":\"vector\",\"result\":[]}}");

        assertThat(guard().ask().kind()).isEqualTo(Judgement.Kind.HOLD);
    }

    @Test
    void nanNeverPasses() throws IOException {
        answers.put("gray_p99", vector("NaN"));

        assertThat(guard().ask().kind()).isEqualTo(Judgement.Kind.HOLD);
        assertThat(guard().ask().reason()).startsWith("not known: p99");
    }

    @Test
    void severalSeries_holdAndSayWhy() throws IOException {
        answers.put(
                "gray_requests",
                "{\"status\":\"success\",\"data\":{\"resultType\":\"vector\",\"result\":["
                        + "{\"metric\":{\"i\":\"1\"},\"value\":[1,\"5\"]},{\"metric\":{\"i\":\"2\"},\"value\":[1,\"6\"]}]}}");

        assertThat(guard().ask().kind()).isEqualTo(Judgement.Kind.HOLD);
        assertThat(guard().ask().reason()).contains("expected one series, found 2");
    }

    @Test
    void refusedQuery_holdsAndSaysWhy() throws IOException {
        answers.remove("gray_p99");

        assertThat(guard().ask().kind()).isEqualTo(Judgement.Kind.HOLD);
        assertThat(guard().ask().reason()).contains("gray_p99: status 400");
    }

    @Test
    void serverThatIsAway_holds() throws IOException {
        Guard guard = guard();
        server.stop(0);

        assertThat(guard.ask().kind()).isEqualTo(Judgement.Kind.HOLD);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    max.p99=50           | max.p99 is "50", expected a time, as 50ms or 0.2s
                    max.error-rate=0.5   | max.error-rate is "0.5", expected a percentage, as 0.5%
                    min.requests=many    | min.requests is "many", expected a number of requests, as 500
                    gray.p99=            | gray.p99 is missing
                    gray.p95=x           | gray.p95 is not known, expected one of
                    """)
    void wrongFile_isRefusedWithItsPlace(String line, String expected) throws IOException {
        Path file = file(line);

        assertThatThrownBy(() -> GuardFile.read(file))
                .isInstanceOf(RampException.class)
                .hasMessageContaining(file.toString())
                .hasMessageContaining(expected);
    }

    private Guard guard() throws IOException {
        return GuardFile.read(file(""));
    }

    private Path file(String lastLine) throws IOException {
        return Files.writeString(
                folder.resolve("guard.properties"),
                """
                prometheus         = http://127.0.0.1:%d
                gray.requests      = gray_requests
                gray.errors        = gray_errors{app="a b"}
                gray.p99           = gray_p99
                baseline.requests  = baseline_requests
                baseline.errors    = baseline_errors{app="a b"}
                baseline.p99       = baseline_p99
                min.requests       = 500
                max.error-rate     = 0.5%%
                max.p99            = 50ms
                %s
                """
                        .formatted(server.getAddress().getPort(), lastLine));
    }

    private void answer(HttpExchange exchange) throws IOException {
        String query = exchange.getRequestURI().getRawQuery().substring("query=".length());
        String answer = answers.get(URLDecoder.decode(query, StandardCharsets.UTF_8));
        byte[] bytes = (answer == null ? "{\"status\":\"error\"}" : answer).getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(answer == null ? 400 : 200, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private static String vector(String value) {
        return "{\"status\":\"success\",\"data\":{\"resultType\":\"vector\",\"result\":["
                + "{\"metric\":{},\"value\":[1795470000.1,\"" + value + "\"]}]}}";
    }
}
