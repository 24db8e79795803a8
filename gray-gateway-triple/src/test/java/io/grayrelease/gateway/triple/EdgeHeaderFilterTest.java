package io.grayrelease.gateway.triple;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import org.apache.dubbo.config.ApplicationConfig;
import org.apache.dubbo.config.ProtocolConfig;
import org.apache.dubbo.config.RegistryConfig;
import org.apache.dubbo.config.ServiceConfig;
import org.apache.dubbo.config.bootstrap.DubboBootstrap;
import org.apache.dubbo.rpc.model.ApplicationModel;
import org.apache.dubbo.rpc.model.FrameworkModel;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.grayrelease.demo.servers.FreePorts;
import io.grayrelease.gateway.TagSigner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
            "a=b,gray%2Etag=T",
            "tri-header-convert",
            "{\"x-evil\":\"Gray-Tag\"}",
            "x-evil",
            "T");

    private static final String KEY = "one key of at least thirty-two bytes";

    @TempDir
    Path folder;

    private final FrameworkModel framework = new FrameworkModel();
    private final int port = FreePorts.next();
    private ApplicationModel application;
    private String query = "";
    private String what = "attachments";

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
        policy("header[\"x-app\"] == ios");
        start(Map.of("dubbo.gray.entry", "edge"));

        assertThat(post(HttpClient.Version.HTTP_1_1, FORGED)).contains("gray-tag=U");
    }

    @Test
    void theWholeHttpRequest_isKnownToRules() throws Exception {
        policy("cookie[\"beta\"] == yes && param[\"p\"] == q && ip == 127.0.0.1 && uid == 7"
                + " && method == attached && token == t");
        start(Map.of("dubbo.gray.entry", "edge", "dubbo.gray.uid-sources", "header:x-id, cookie:id"));
        query = "?p=q";

        for (HttpClient.Version version : HttpClient.Version.values()) {
            assertThat(post(version, List.of("cookie", "beta=yes; id=7", "x-gray-token", "t")))
                    .contains("gray-tag=U", "gray-uid=7");
            assertThat(post(version, List.of("cookie", "beta=no; id=7", "x-gray-token", "t")))
                    .contains("gray-tag=-");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "attachment[\"x-foo\"] == a | x-foo: a",
                "token == t | token: t",
                "uid == 7 | uid: 7",
                "ip == 10.0.0.1 | gray-ip: 10.0.0.1",
                "caller == batch | tri-consumer-appname: batch",
                "uid == 7 | tri-header-convert: {\"x-evil\":\"gray-u\\u0131d\"}, x-evil: 7",
                "uid == 7 | tri-header-convert: {\"x-evil\":\"gray-u\\u0130d\"}, x-evil: 7",
            })
    void atAnEdge_attachmentsSayNothingOfTheCaller(String condition, String headers) throws Exception {
        policy(condition);
        start(Map.of("dubbo.gray.entry", "edge", "dubbo.gray.uid-sources", "cookie:id"));

        for (HttpClient.Version version : HttpClient.Version.values()) {
            assertThat(post(version, List.of(headers.split(": |, ")))).contains("gray-tag=-");
        }
    }

    @Test
    void atAnEdge_theRequestItselfSaysNoTagEither() throws Exception {
        start(Map.of("dubbo.gray.entry", "edge"));
        what = "request";

        for (HttpClient.Version version : HttpClient.Version.values()) {
            assertThat(post(version, FORGED))
                    .contains("x-app=[ios]", "baggage=[a=b]")
                    .doesNotContainIgnoringCase("tag=", "uid", "convert");
        }
    }

    @Test
    void atAnEdge_theRequestItselfSaysNoTag_whereItIsBelieved() throws Exception {
        start(Map.of("dubbo.gray.entry", "edge", "dubbo.gray.signing-keys", KEY));
        what = "request";

        for (HttpClient.Version version : HttpClient.Version.values()) {
            List<String> signed = List.of("X-Gray-Tag", "T", "x-gray-sig", signer().sign("T", null), "Dubbo.Tag", "T");
            assertThat(post(version, signed))
                    .contains("x-app=[ios]")
                    .doesNotContainIgnoringCase("tag=")
                    .doesNotContainIgnoringCase("sig=");
        }
    }

    @ParameterizedTest
    @CsvSource({"edge, ios, 'a=b, gray.tag=U'", "edge, none, 'a=b, gray.tag=-'", "internal, ios, 'a=b, gray.tag=U'"})
    void openTelemetry_carriesWhatIsDecided_andNothingElse(String role, String app, String members) throws Exception {
        policy("header[\"x-app\"] == " + app);
        start(Map.of("dubbo.gray.entry", role));
        what = "baggage";

        assertThat(post(HttpClient.Version.HTTP_2, List.of("x", "y"))).contains("{" + members + "}");
    }

    @ParameterizedTest
    @CsvSource({"edge, 'a=b'", "internal, 'a=b, gray.tag=forged'"})
    void openTelemetry_whereNothingIsDecided_saysNothingAtAnEdgeOnly(String role, String members) throws Exception {
        start(Map.of("dubbo.gray.entry", role));
        what = "baggage";

        assertThat(post(HttpClient.Version.HTTP_2, List.of("x", "y"))).contains("{" + members + "}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"edge", "internal"})
    void aHeaderThatIsConvertedToNothing_failsNoCall(String role) throws Exception {
        policy("header[\"x-app\"] == ios");
        start(Map.of("dubbo.gray.entry", role, "dubbo.gray.signing-keys", KEY));

        assertThat(post(HttpClient.Version.HTTP_1_1, List.of("tri-header-convert", "{\"x-evil\":null}", "x-evil", "T")))
                .contains("gray-tag=U");
    }

    @Test
    void inside_tagsOfHttpAndOfBaggage_areBelieved_inThisOrder() throws Exception {
        start(Map.of());

        assertThat(post(HttpClient.Version.HTTP_1_1, List.of("X-Gray-Tag", "T", "baggage", "gray.tag=U")))
                .contains("gray-tag=T");
        assertThat(post(HttpClient.Version.HTTP_2, List.of("baggage", "a=b,gray.tag=T%2CU")))
                .contains("gray-tag=T,U");
    }

    @Test
    void atAnEdge_signedTags_areBelieved_othersAreNot() throws Exception {
        start(Map.of("dubbo.gray.entry", "edge", "dubbo.gray.signing-keys", KEY));
        TagSigner signer = signer();
        TagSigner expired = TagSigner.ofTexts(
                List.of(KEY), Duration.ofSeconds(1), Clock.offset(Clock.systemUTC(), Duration.ofMinutes(-1)));

        for (HttpClient.Version version : HttpClient.Version.values()) {
            assertThat(post(version, List.of("X-Gray-Tag", "T", "X-Gray-Sig", signer.sign("T", null))))
                    .contains("gray-tag=T");
            assertThat(post(version, List.of("gray-tag", "T", "gray-uid", "7", "gray-sig", signer.sign("T", "7"))))
                    .contains("gray-tag=T", "gray-uid=7");
            assertThat(post(version, List.of("gray-tag", "T", "gray-uid", "8", "gray-sig", signer.sign("T", "7"))))
                    .doesNotContainIgnoringCase("gray-");
            assertThat(post(version, List.of("X-Gray-Tag", "T", "X-Gray-Sig", expired.sign("T", null))))
                    .doesNotContainIgnoringCase("gray-");
        }
        assertThat(TripleEntry.of(application).entry().counts().forged()).isEqualTo(4);
    }

    @Test
    void wrongSettings_areNamed() {
        assertThatThrownBy(() -> start(Map.of("dubbo.gray.entry", "outside")))
                .hasStackTraceContaining("dubbo.gray.entry=outside: expected edge or internal");
    }

    @Test
    void inside_tagsArrive() throws Exception {
        start(Map.of());

        assertThat(post(HttpClient.Version.HTTP_1_1, FORGED)).containsIgnoringCase("gray-tag=T");
    }

    private static TagSigner signer() {
        return TagSigner.ofTexts(List.of(KEY), Duration.ofMinutes(1), Clock.systemUTC());
    }

    /** Those for whom a condition holds get U. */
    private void policy(String condition) throws IOException {
        Files.write(
                folder.resolve("policy.properties"),
                List.of("gray.rule.1-a = " + condition + " => U", "gray.route.U = a:1"));
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
        this.application = bootstrap.getApplicationModel();
        bootstrap.getApplicationModel().modelEnvironment().updateAppExternalConfigMap(all);
        bootstrap.start();
    }

    private String post(HttpClient.Version version, List<String> headers) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + port + "/" + Attached.class.getName() + "/attached" + query))
                .version(version)
                .header("content-type", "application/json")
                .header("x-app", "ios")
                .headers(headers.toArray(new String[0]))
                .POST(HttpRequest.BodyPublishers.ofString("[\"" + what + "\"]"))
                .build();
        HttpResponse<String> response = HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return response.body();
    }
}
