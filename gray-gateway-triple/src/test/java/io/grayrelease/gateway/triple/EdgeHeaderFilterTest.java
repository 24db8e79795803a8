package io.grayrelease.gateway.triple;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import org.apache.dubbo.config.ApplicationConfig;
import org.apache.dubbo.config.ProtocolConfig;
import org.apache.dubbo.config.RegistryConfig;
import org.apache.dubbo.config.ServiceConfig;
import org.apache.dubbo.config.bootstrap.DubboBootstrap;
import org.apache.dubbo.rpc.model.FrameworkModel;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/** A real Triple port, and what an HTTP client can put into it. */
class EdgeHeaderFilterTest {
    private static final List<String> FORGED = List.of(
            "gray-tag",
            "T",
            "Gray-Uid",
            "7",
            "x-gray-tag",
            "T",
            "dubbo.tag",
            "T",
            "dubbo.force.tag",
            "true",
            "baggage",
            "a=b,gray.tag=T",
            "tri-header-convert",
            "{\"x-evil\":\"Gray-Tag\"}",
            "x-evil",
            "T");

    @TempDir
    Path folder;

    private final FrameworkModel framework = new FrameworkModel();
    private final int port = freePort();

    @AfterEach
    void stop() {
        framework.destroy();
    }

    @ParameterizedTest
    @EnumSource(HttpClient.Version.class)
    void atAnEdge_noForgedTagArrives(HttpClient.Version version) throws Exception {
        start(Map.of("dubbo.gray.entry", "edge"));

        String seen = post(version, FORGED);

        assertThat(seen).contains("x-app=ios", "baggage=a=b").doesNotContainIgnoringCase("tag=", "uid", "convert");
    }

    @Test
    void atAnEdge_theProviderDecides() throws Exception {
        Files.write(
                folder.resolve("policy.properties"),
                List.of("gray.rule.1-a = header[\"x-app\"] == ios => U", "gray.route.U = a:1", "gray.route.T = a:2"));
        start(Map.of("dubbo.gray.entry", "edge"));

        assertThat(post(HttpClient.Version.HTTP_1_1, FORGED)).contains("gray-tag=U");
    }

    @Test
    void inside_tagsArrive() throws Exception {
        start(Map.of());

        assertThat(post(HttpClient.Version.HTTP_1_1, FORGED)).containsIgnoringCase("gray-tag=T");
    }

    private void start(Map<String, String> settings) {
        DubboBootstrap bootstrap = DubboBootstrap.newInstance(framework);
        ApplicationConfig application = new ApplicationConfig("edge-app");
        application.setQosEnable(false);
        application.setEnableFileCache(false);
        ServiceConfig<Attached> service = new ServiceConfig<>();
        service.setInterface(Attached.class);
        service.setRef(new AttachedService());
        bootstrap
                .application(application)
                .registry(new RegistryConfig("N/A"))
                .protocol(new ProtocolConfig("tri", port))
                .service(service);
        Map<String, String> all = new TreeMap<>(settings);
        all.put("dubbo.gray.source", "file:" + folder.resolve("policy.properties"));
        all.put("dubbo.gray.cache-dir", folder.resolve("cache").toString());
        bootstrap.getApplicationModel().modelEnvironment().updateAppExternalConfigMap(all);
        bootstrap.start();
    }

    private String post(HttpClient.Version version, List<String> headers) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + port + "/" + Attached.class.getName() + "/attached"))
                .version(version)
                .header("content-type", "application/json")
                .header("x-app", "ios")
                .headers(headers.toArray(new String[0]))
                .POST(HttpRequest.BodyPublishers.ofString("[\"x\"]"))
                .build();
        HttpResponse<String> response = HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return response.body();
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
