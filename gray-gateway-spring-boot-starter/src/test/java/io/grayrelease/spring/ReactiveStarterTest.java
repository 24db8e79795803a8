package io.grayrelease.spring;

import java.io.IOException;
import java.nio.file.Path;

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
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.reactive.function.client.WebClient;
import org.springframework.web.server.ServerWebExchange;

import io.grayrelease.dubbo.context.GrayContext;
import io.grayrelease.gateway.webflux.GrayWebFilter;

import reactor.core.publisher.Mono;

import static org.assertj.core.api.Assertions.assertThat;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ReactiveStarterTest {
    private RunningApp app;
    private OwnService service;

    @BeforeAll
    void start(@TempDir Path folder) throws IOException {
        service = OwnService.start();
        app = RunningApp.start(WebApplicationType.REACTIVE, App.class, folder);
    }

    @AfterAll
    void stop() {
        app.close();
        service.close();
    }

    @Test
    void aRequestHasItsTags() {
        assertThat(app.get("/seen", "x-uid", "1001")).isEqualTo("gray of 1001, header gray");
        assertThat(app.get("/seen", "x-uid", "7", "cookie", "beta=yes")).isEqualTo("gray of 7, header gray");
    }

    @Test
    void aForgedTagDoesNotCount() {
        assertThat(app.get("/seen", "X-Gray-Tag", "gray", "x-uid", "7")).isEqualTo("- of 7, header -");
    }

    @Test
    void theBeanOfTheApplicationKnowsTheUid() {
        assertThat(app.get("/seen", "x-session", "of-1001", "x-uid", "7")).isEqualTo("gray of 1001, header gray");
    }

    @Test
    void aClientWithTheFilterCarriesTagsOn() {
        assertThat(app.get("/onward?to=" + service.url(), "x-uid", "1001"))
                .isEqualTo("gray, baggage a=1,gray.tag=gray");
        assertThat(app.get("/onward?to=" + service.url(), "x-uid", "7")).isEqualTo("-, baggage a=1,gray.tag=-");
    }

    @Test
    void actuatorTells() {
        assertThat(app.get("/actuator/gray/uid=1001")).contains("\"tags\":[\"gray\"]");
        assertThat(app.get("/actuator/health")).contains("\"gray\":{", "\"source\":\"file ");
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @RestController
    static class App {
        @Bean
        ReactiveUid uid() {
            return exchange -> Mono.justOrEmpty(
                            exchange.getRequest().getHeaders().getFirst("x-session"))
                    .map(session -> session.substring("of-".length()));
        }

        @GetMapping("/seen")
        Mono<String> seen(ServerWebExchange exchange) {
            return Mono.deferContextual(reactor -> {
                GrayContext context = reactor.get(GrayWebFilter.KEY);
                return Mono.just(context.tags().text() + " of " + context.uid().orElse(null) + ", header "
                        + exchange.getRequest().getHeaders().getFirst("x-gray-tag"));
            });
        }

        @Bean
        Onward onward(GrayExchangeFilter filter) {
            return new Onward(WebClient.builder()
                    .defaultHeader("baggage", "a=1")
                    .filter(filter)
                    .build());
        }
    }

    @RestController
    static class Onward {
        private final WebClient client;

        Onward(WebClient client) {
            this.client = client;
        }

        @GetMapping("/onward")
        Mono<String> onward(@RequestParam("to") String to) {
            return client.get().uri(to).retrieve().bodyToMono(String.class);
        }
    }
}
