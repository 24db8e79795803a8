package io.grayrelease.spring;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.WebApplicationType;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

import io.grayrelease.spring.ServletStarterTest.NoClient;

import static org.assertj.core.api.Assertions.assertThat;

/** What the README says of Apollo: an id and an address in the application's own file. */
class ApolloInYamlTest {
    /** What apollo-client makes system properties of the application's. */
    private static final List<String> TAKEN_OVER = Arrays.asList("app.id", "apollo.meta", "apollo.cache-dir");

    private HttpServer apollo;

    @BeforeEach
    void startApollo() throws IOException {
        apollo = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        apollo.createContext(
                "/services/config", exchange -> answer(exchange, 200, "[{\"homepageUrl\":\"" + url() + "\"}]"));
        apollo.createContext(
                "/configs/shop/",
                exchange -> answer(
                        exchange,
                        200,
                        "{\"appId\":\"shop\",\"cluster\":\"default\",\"namespaceName\":\"gray-policy\",\"releaseKey\":\"1\","
                                + "\"configurations\":{\"gray.rule.1-a\":\"uid == 1001 => gray\",\"gray.route.gray\":\"a:1\"}}"));
        apollo.createContext("/notifications/v2", exchange -> answer(exchange, 304, ""));
        apollo.start();
    }

    private String url() {
        return "http://127.0.0.1:" + apollo.getAddress().getPort();
    }

    private static void answer(HttpExchange exchange, int status, String text) throws IOException {
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json;charset=UTF-8");
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    @AfterEach
    void stopApollo() {
        apollo.stop(0);
        TAKEN_OVER.forEach(System::clearProperty);
    }

    @Test
    void idAndAddressInTheApplicationsFile_areEnough(@TempDir Path folder) throws IOException {
        Files.write(
                folder.resolve("application.yaml"),
                Arrays.asList(
                        "app.id: shop",
                        "apollo.meta: " + url(),
                        "apollo.cache-dir: " + folder.resolve("apollo"),
                        "gray.cache-dir: " + folder.resolve("gray")));
        try (RunningApp app = RunningApp.startBare(
                WebApplicationType.SERVLET, NoClient.class, "spring.config.additional-location=file:" + folder + "/")) {
            assertThat(app.get("/actuator/gray")).contains("\"source\":\"apollo gray-policy\"");
            assertThat(app.get("/seen", "x-uid", "1001")).isEqualTo("gray of 1001, header null");
        }
    }
}
