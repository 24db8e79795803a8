package io.grayrelease.gateway.webflux;

import java.util.Map;
import java.util.TreeMap;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;

import io.grayrelease.gateway.Entry;
import io.grayrelease.gateway.EntrySettings;
import io.grayrelease.policy.model.Snapshot;
import io.netty.util.concurrent.EventExecutor;
import io.opentelemetry.api.baggage.Baggage;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;

import reactor.core.publisher.Mono;

import static org.assertj.core.api.Assertions.assertThat;

/** With OpenTelemetry's API; what its agent does besides, before any filter and in operators, a filter does here. */
class TracedHandlingTest extends OnNetty {
    private static final Baggage SAID = Baggage.builder()
            .put("user", "1")
            .put("gray.tag", "forged")
            .put("gray%2Etag", "forged")
            .build();

    /** As the agent, which has read the request when the filters are called. */
    private static final WebFilter CURRENT = (exchange, chain) -> Mono.from(subscriber -> {
        try (Scope scope = SAID.makeCurrent()) {
            chain.filter(exchange).subscribe(subscriber);
        }
    });

    private static final Context SAID_CONTEXT = Context.root().with(SAID);

    /** As the library, whose operators take it from Reactor's Context. */
    private static final WebFilter IN_REACTOR =
            (exchange, chain) -> chain.filter(exchange).contextWrite(reactor -> reactor.put("trace", SAID_CONTEXT));

    @AfterEach
    void noBaggageIsLeftOnThreads() throws Exception {
        for (EventExecutor loop : loops.onServer(false)) {
            assertThat(loop.submit(Baggage::current).get()).isEqualTo(Baggage.empty());
        }
    }

    @Test
    void theBaggageOfTheThread_hasTheTags_whereTheRequestIsHandled() {
        start(CURRENT);

        assertThat(get("x-uid", "7")).isEqualTo("{gray.tag=T, user=1} {gray.tag=T, user=1}");
        assertThat(get("x-uid", "8")).isEqualTo("{gray.tag=-, user=1} {gray.tag=-, user=1}");
    }

    @Test
    void undecided_theBaggageOfTheThread_losesWhatSomebodyOutsideSaid() {
        repository.offer(Snapshot.of(Map.of("gray.rule.1-a", "service == x => T", "gray.route.T", "a:1")));
        start(CURRENT);

        assertThat(get("x-uid", "7")).isEqualTo("{user=1} {user=1}");
    }

    @Test
    void theBaggageInReactorsContext_hasTheTagsToo() {
        start(IN_REACTOR);

        assertThat(get("x-uid", "7")).startsWith("{gray.tag=T, user=1} ");
        repository.offer(Snapshot.of(Map.of("gray.rule.1-a", "service == x => T", "gray.route.T", "a:1")));
        assertThat(get("x-uid", "7")).startsWith("{user=1} ");
    }

    private void start(WebFilter traced) {
        Entry entry = Entry.of(EntrySettings.builder().build(), repository::current);
        server = Server.start(loops, this::handle, traced, new GrayWebFilter(entry));
    }

    /** Answers with the baggage in Reactor's Context, if it is there, and with the thread's. */
    private Mono<Void> handle(ServerWebExchange exchange) {
        Baggage called = Baggage.current();
        return Mono.deferContextual(reactor -> {
            Baggage kept = Baggage.fromContext(
                    reactor.getOrDefault("trace", Context.root().with(called)));
            return Server.answer(exchange, text(kept) + " " + text(Baggage.current()));
        });
    }

    private static Map<String, String> text(Baggage baggage) {
        Map<String, String> members = new TreeMap<>();
        baggage.forEach((name, member) -> members.put(name, member.getValue()));
        return members;
    }
}
