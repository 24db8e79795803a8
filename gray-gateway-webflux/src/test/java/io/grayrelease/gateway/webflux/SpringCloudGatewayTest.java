package io.grayrelease.gateway.webflux;

import java.time.Clock;
import java.util.Map;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import io.grayrelease.gateway.Entry;
import io.grayrelease.gateway.EntrySettings;
import io.grayrelease.policy.model.Snapshot;
import io.grayrelease.policy.source.PolicyRepository;

import reactor.netty.resources.LoopResources;

import static org.assertj.core.api.Assertions.assertThat;

/** A real Spring Cloud Gateway with a route to a service that says which headers arrive. */
class SpringCloudGatewayTest {
    private final LoopResources loops = LoopResources.create("service", 1, true);

    private Server service;
    private ConfigurableApplicationContext gateway;

    @BeforeEach
    void start() {
        service = Server.start(loops, exchange -> Server.answer(exchange, Server.headers(exchange)));
        gateway = SpringApplication.run(
                Gateway.class,
                "--server.port=0",
                "--spring.main.web-application-type=reactive",
                "--spring.main.banner-mode=off",
                "--spring.reactor.context-propagation=auto",
                route("spring.cloud.gateway"),
                all("spring.cloud.gateway"),
                uri("spring.cloud.gateway"),
                route("spring.cloud.gateway.server.webflux"),
                all("spring.cloud.gateway.server.webflux"),
                uri("spring.cloud.gateway.server.webflux"));
    }

    @AfterEach
    void stop() {
        gateway.close();
        service.close();
        loops.dispose();
    }

    private static String route(String prefix) {
        return "--" + prefix + ".routes[0].id=all";
    }

    private static String all(String prefix) {
        return "--" + prefix + ".routes[0].predicates[0]=Path=/**";
    }

    private String uri(String prefix) {
        return "--" + prefix + ".routes[0].uri=http://127.0.0.1:" + service.port();
    }

    @Test
    void theTags_goOnWithTheRequest() {
        assertThat(get("x-uid", "7", "baggage", "user=1", "kept", "a"))
                .isEqualTo("{baggage=[user=1,gray.tag=T], kept=[a], x-gray-tag=[T]}");
        assertThat(get("x-uid", "8")).isEqualTo("{baggage=[gray.tag=-], x-gray-tag=[-]}");
    }

    @Test
    void forgedHeaders_doNotArrive() {
        assertThat(get("X-Gray-Tag", "T", "Dubbo.Tag", "T", "gray-uid", "7", "Baggage", "gray.tag=T"))
                .isEqualToIgnoringCase("{baggage=[gray.tag=-], x-gray-tag=[-]}");
    }

    private String get(String... headers) {
        int port = gateway.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
        return Server.get(port, "/any", headers).block();
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Gateway {
        @Bean
        GrayWebFilter gray() {
            PolicyRepository repository = PolicyRepository.inMemory(Clock.systemUTC());
            repository.offer(Snapshot.of(Map.of("gray.rule.1-a", "uid == 7 => T", "gray.route.T", "a:1")));
            return new GrayWebFilter(Entry.of(EntrySettings.builder().build(), repository::current));
        }
    }
}
