package io.grayrelease.spring;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.client.RestTemplate;

import io.grayrelease.dubbo.context.GrayContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ServletStarterTest {
    private RunningApp app;
    private OwnService service;

    @BeforeAll
    void start(@TempDir Path folder) throws IOException {
        service = OwnService.start();
        app = RunningApp.start(
                WebApplicationType.SERVLET,
                App.class,
                folder,
                "gray.entry.uid-sources=header:x-uid,cookie:uid",
                "gray.entry.response-header=x-gray-seen");
    }

    @AfterAll
    void stop() {
        app.close();
        service.close();
    }

    @Test
    void aRequestHasItsTags() {
        assertThat(app.get("/seen", "x-uid", "1001")).isEqualTo("gray of 1001, header null");
        assertThat(app.get("/seen", "x-uid", "7")).isEqualTo("- of 7, header null");
        assertThat(app.get("/seen", "cookie", "uid=7; beta=yes")).isEqualTo("gray of 7, header null");
    }

    @Test
    void aForgedTagDoesNotCount() {
        assertThat(app.get("/seen", "X-Gray-Tag", "gray", "x-uid", "7")).isEqualTo("- of 7, header null");
    }

    @Test
    void anErrorPageIsOfTheSameRequest() {
        assertThat(app.response("/nowhere", "x-uid", "1001").statusCode()).isEqualTo(404);
    }

    @Test
    void theBeanOfTheApplicationKnowsTheUid() {
        assertThat(app.get("/seen", "x-session", "of-1001", "x-uid", "7")).isEqualTo("gray of 1001, header null");
    }

    @Test
    void testersSeeTheirTags() {
        assertThat(app.response("/seen", "x-uid", "1001").headers().firstValue("x-gray-seen"))
                .contains("gray");
    }

    @Test
    void aClientWithTheInterceptorCarriesTagsOn() {
        assertThat(app.get("/onward?to=" + service.url(), "x-uid", "1001"))
                .isEqualTo("gray, baggage a=1,gray.tag=gray");
        assertThat(app.get("/onward?to=" + service.url(), "x-uid", "7")).isEqualTo("-, baggage a=1,gray.tag=-");
    }

    @Test
    void theEndpointTellsPolicyAndEntry() {
        long before = forged();
        app.get("/seen", "x-gray-tag", "gray");
        assertThat(forged()).isEqualTo(before + 1);
        assertThat(app.get("/actuator/gray"))
                .contains(
                        "\"role\":\"EDGE\"",
                        "\"uidSources\":[\"header:x-uid\",\"cookie:uid\"]",
                        "\"switchedOn\":true",
                        "\"decided\":");
    }

    private long forged() {
        String answer = app.get("/actuator/gray");
        return Long.parseLong(answer.replaceAll("(?s).*\"forged\":(\\d+).*", "$1"));
    }

    @Test
    void theEndpointTellsWhy() {
        assertThat(app.get("/actuator/gray/uid=1001"))
                .contains("\"tags\":[\"gray\"]", "gray.rule.1-testers", "\"holds\":true");
        assertThat(app.get("/actuator/gray/uid=7/cookie.beta=yes"))
                .contains("\"tags\":[\"gray\"]", "gray.rule.2-cookie");
        assertThat(app.get("/actuator/gray/uid=7")).contains("\"tags\":[]");
    }

    @Test
    void theEndpointTellsWhatIsNoRequest() {
        HttpResponse<String> response = app.response("/actuator/gray/nonsense=1");
        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.body()).contains("'nonsense' is no value of a request: expected uid, token");
    }

    @Test
    void healthHasThePolicyAsADetail() {
        assertThat(app.get("/actuator/health")).contains("\"gray\":{", "\"source\":\"file ");
    }

    @Test
    void signingKeysAreNotShown(@TempDir Path folder) throws IOException {
        String key = "one key of at least thirty-two bytes";
        try (RunningApp signing = RunningApp.start(
                WebApplicationType.SERVLET,
                NoClient.class,
                folder,
                "gray.entry.signing-keys=" + key,
                "management.endpoints.web.exposure.include=*",
                "management.endpoint.env.show-values=always",
                "management.endpoint.configprops.show-values=always")) {
            assertThat(signing.get("/actuator/gray"))
                    .contains("\"signed\":true")
                    .doesNotContain(key);
            assertThat(signing.get("/actuator/configprops"))
                    .contains("uidSources")
                    .doesNotContain(key);
            assertThat(signing.get("/actuator/env"))
                    .contains("dubbo.gray.signing-keys")
                    .doesNotContain(key);
        }
    }

    /** As at the entry. */
    @Test
    void theEndpointSeesNoHeaderThatAnEdgeTakesAway(@TempDir Path folder) throws IOException {
        Path policy = Files.write(
                folder.resolve("headers.properties"),
                Arrays.asList(
                        "gray.rule.1-forged = header[\"x-gray-tag\"] == \"gray\" || header[\"x-env\"] == \"beta\" => gray",
                        "gray.route.gray = order:2.0.0"));
        try (RunningApp other = RunningApp.start(
                WebApplicationType.SERVLET, NoClient.class, folder, "dubbo.gray.source=file:" + policy)) {
            assertThat(other.get("/actuator/gray/header.X-Gray-Tag=gray")).contains("\"tags\":[]");
            assertThat(other.get("/actuator/gray/header.x-env=beta")).contains("\"tags\":[\"gray\"]");
        }
    }

    @Test
    void requestsAreCounted() {
        app.get("/seen", "x-uid", "1001");
        assertThat(app.get("/actuator/metrics/gray.entry.requests?tag=origin:decided"))
                .contains("\"name\":\"gray.entry.requests\"")
                .doesNotContain("\"value\":0.0");
        assertThat(app.response("/actuator/metrics/gray.entry.forged").statusCode())
                .isEqualTo(200);
    }

    @Test
    void wrongSettingsFailTheStart(@TempDir Path folder) {
        assertThatThrownBy(() ->
                        RunningApp.start(WebApplicationType.SERVLET, App.class, folder, "gray.entry.uid-sources=x-uid"))
                .hasStackTraceContaining(
                        "gray.entry.uid-sources: found \"x-uid\", expected header:<name>, cookie:<name> or param:<name>");
        assertThatThrownBy(() ->
                        RunningApp.start(WebApplicationType.SERVLET, App.class, folder, "gray.entry.role=outside"))
                .hasStackTraceContaining("gray.entry.role");
    }

    @Test
    void anEntryThatIsOffLetsRequestsPass(@TempDir Path folder) throws IOException {
        try (RunningApp off =
                RunningApp.start(WebApplicationType.SERVLET, NoClient.class, folder, "gray.entry.enabled=false")) {
            assertThat(off.get("/seen", "x-uid", "1001", "x-gray-tag", "gray")).isEqualTo("- of null, header gray");
        }
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @RestController
    static class NoClient {
        @GetMapping("/seen")
        String seen(@RequestHeader(name = "x-gray-tag", required = false) String header) {
            GrayContext context = GrayContext.current();
            return context.tags().text() + " of " + context.uid().orElse(null) + ", header " + header;
        }
    }

    static class App extends NoClient {
        @Bean
        ServletUid uid() {
            return request -> {
                String session = request.getHeader("x-session");
                return session == null ? null : session.substring("of-".length());
            };
        }

        @Bean
        RestTemplate ownServices(GrayClientInterceptor interceptor) {
            RestTemplate template = new RestTemplate();
            template.getInterceptors().add((request, body, execution) -> {
                request.getHeaders().set("baggage", "a=1");
                return execution.execute(request, body);
            });
            template.getInterceptors().add(interceptor);
            return template;
        }

        @Bean
        Onward onward(RestTemplate ownServices) {
            return new Onward(ownServices);
        }
    }

    @RestController
    static class Onward {
        private final RestTemplate template;

        Onward(RestTemplate template) {
            this.template = template;
        }

        @GetMapping("/onward")
        String onward(@RequestParam("to") String to) {
            return template.getForObject(to, String.class);
        }
    }
}
