package io.grayrelease.nginx.render;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

import com.sun.net.httpserver.HttpServer;

import io.grayrelease.gateway.ForgeableNames;
import io.grayrelease.nginx.drive.UnixHttp;
import io.grayrelease.nginx.model.ServiceUpstream;
import io.grayrelease.policy.model.GrayPolicy;

import static org.assertj.core.api.Assertions.assertThat;

/** What servers behind a live Nginx get. */
@EnabledIf("io.grayrelease.nginx.LiveNginx#isInstalled")
class PassedRequestsTest {
    @TempDir
    private Path folder;

    private HttpServer server;

    @BeforeEach
    void serve() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            StringBuilder said = new StringBuilder();
            exchange.getRequestHeaders().forEach((name, values) -> said.append(name.toLowerCase(Locale.ROOT))
                    .append('=')
                    .append(values)
                    .append('\n'));
            byte[] body = said.toString().getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private RenderedNginx start() throws Exception {
        GrayPolicy policy = RenderedNginx.policy(Map.of(
                "gray.rule.1-a",
                "uid == 1 => A",
                "gray.rule.2-b",
                "uid in (1, 2) => B",
                "gray.rule.3-c",
                "uid == 3 && method == m => A",
                "gray.route.A",
                "a:1",
                "gray.route.B",
                "b:1"));
        String address = "127.0.0.1:" + server.getAddress().getPort();
        return RenderedNginx.start(
                folder,
                policy,
                new ServiceUpstream("web", List.of(address), Map.of("A", List.of(address))),
                new ServiceUpstream("none", List.of(), Map.of()));
    }

    @Test
    void headers_sayWhatIsDecided() throws Exception {
        try (RenderedNginx nginx = start()) {
            assertThat(nginx.get("/pass/web", "x-uid: 1", "baggage: a=1").lines())
                    .contains(
                            "x-gray-tag=[A,B]",
                            "x-uid=[1]",
                            "baggage=[a=1,gray.tag=A%2CB]",
                            "x-forwarded-for=[127.0.0.1]",
                            "host=[a]");
            assertThat(nginx.get("/pass/web").lines())
                    .contains("x-gray-tag=[-]")
                    .noneMatch(line -> line.startsWith("x-uid"));
            assertThat(nginx.get("/pass/web", "x-uid: 3").lines())
                    .contains("x-uid=[3]")
                    .noneMatch(line -> line.startsWith("x-gray-tag"));
        }
    }

    @Test
    void forgedHeaders_areGone() throws Exception {
        try (RenderedNginx nginx = start()) {
            for (String name : ForgeableNames.all()) {
                assertThat(nginx.get("/pass/web", name + ": forged", name + ": again"))
                        .as(name)
                        .doesNotContain("forged")
                        .doesNotContain("again");
            }
        }
    }

    @Test
    void upstreamWithoutServers_fails() throws Exception {
        try (RenderedNginx nginx = start()) {
            assertThat(nginx.answer("/pass/none")).startsWith("HTTP/1.1 503");
        }
    }

    @Test
    void revision_isAnswered() throws Exception {
        try (RenderedNginx nginx = start()) {
            UnixHttp socket = new UnixHttp(nginx.nginx().folder().resolve("revision.sock"), Duration.ofSeconds(5));
            assertThat(socket.get("/revision")).isEqualTo(new UnixHttp.Response(200, "7"));
        }
    }
}
