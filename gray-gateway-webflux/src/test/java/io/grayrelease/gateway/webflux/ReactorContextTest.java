package io.grayrelease.gateway.webflux;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.web.reactive.function.client.WebClient;
import org.springframework.web.server.ServerWebExchange;

import io.grayrelease.dubbo.context.GrayContext;
import io.grayrelease.gateway.EntrySettings.Role;
import io.grayrelease.policy.model.Snapshot;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Hooks;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** What Reactor makes of the context; on Reactor 3.5.3 and newer. */
class ReactorContextTest extends OnNetty {
    @BeforeEach
    void enable() {
        Hooks.enableAutomaticContextPropagation();
    }

    @AfterEach
    void disable() {
        Hooks.disableAutomaticContextPropagation();
    }

    @Test
    void everyPartOfAChain_worksForTheRequest() {
        start(Role.EDGE, this::hops);

        assertThat(server.get("/hops", "x-uid", "7").block()).isEqualTo("T T T T T");
    }

    @Test
    void concurrentRequests_areNotMixed() {
        start(Role.EDGE, this::hops);

        List<String> answers = Flux.range(0, 50)
                .flatMapSequential(i -> server.get("/hops", "x-uid", i % 2 == 0 ? "7" : "8"), 50)
                .collectList()
                .block();

        assertThat(answers).hasSize(50);
        for (int i = 0; i < 50; i++) {
            assertThat(answers.get(i)).isEqualTo(i % 2 == 0 ? "T T T T T" : "- - - - -");
        }
    }

    @Test
    @SuppressWarnings("ReferenceEquality") // this very one
    void undecided_oneRequestOnAllThreads() {
        repository.offer(Snapshot.of(Map.of("gray.rule.1-a", "service == a && uid == 7 => T", "gray.route.T", "a:1")));
        start(Role.EDGE, exchange -> Mono.fromCallable(GrayContext::current)
                .subscribeOn(scheduler)
                .flatMap(there ->
                        Server.answer(exchange, there == exchange.<GrayContext>getAttribute(GrayWebFilter.KEY))));

        assertThat(get("x-uid", "7")).isEqualTo("true");
    }

    @Test
    void errors_leaveNothing() {
        start(Role.EDGE, exchange -> {
            if (exchange.getRequest().getPath().value().equals("/thrown")) {
                throw new IllegalStateException("thrown");
            }
            return Mono.delay(Duration.ofMillis(5), scheduler).then(Mono.error(new IllegalStateException("later")));
        });

        for (int i = 0; i < 10; i++) {
            assertThat(server.get("/thrown", "x-uid", "7").block()).startsWith("500");
            assertThat(server.get("/later", "x-uid", "7").block()).startsWith("500");
        }
    }

    @Test
    void aClientThatGoesAway_leavesNothing() {
        AtomicInteger started = new AtomicInteger();
        AtomicInteger cancelled = new AtomicInteger();
        start(Role.EDGE, exchange -> Mono.<Void>never()
                .publishOn(scheduler)
                .doOnSubscribe(s -> started.incrementAndGet())
                .doOnCancel(cancelled::incrementAndGet));

        for (int i = 1; i <= 5; i++) {
            int expected = i;
            var request = server.get("/", "x-uid", "7").subscribe();
            await().until(() -> started.get() == expected);
            request.dispose();
        }
        await().untilAsserted(() -> assertThat(cancelled).hasValue(5));
    }

    @Test
    void handle_hasTheContext_withoutAutomaticContextPropagation() {
        Hooks.disableAutomaticContextPropagation();
        start(Role.EDGE, exchange -> Mono.just("")
                .publishOn(scheduler)
                .<String>handle((text, sink) -> sink.next(current(text)))
                .map(ReactorContextTest::current)
                .flatMap(text -> Server.answer(exchange, text)));

        assertThat(get("x-uid", "7")).isEqualTo("T -");
    }

    /** The tags before and after changes of threads, and those after a call of another server. */
    private Mono<Void> hops(ServerWebExchange exchange) {
        if (!exchange.getRequest().getPath().value().equals("/hops")) {
            return Server.answer(exchange, "");
        }
        WebClient client = WebClient.create("http://127.0.0.1:" + server.port());
        return Mono.fromSupplier(() -> current(""))
                .publishOn(scheduler)
                .map(ReactorContextTest::current)
                .delayElement(Duration.ofMillis(3))
                .flatMap(text -> Mono.fromSupplier(() -> current(text)).subscribeOn(Schedulers.boundedElastic()))
                .flatMap(text -> client.get()
                        .uri("/other")
                        .retrieve()
                        .bodyToMono(String.class)
                        .defaultIfEmpty("")
                        .map(empty -> current(text)))
                .publishOn(Schedulers.parallel())
                .map(ReactorContextTest::current)
                .flatMap(text -> Server.answer(exchange, text));
    }

    private static String current(String before) {
        return (before + " " + GrayContext.current().tags().text()).trim();
    }
}
