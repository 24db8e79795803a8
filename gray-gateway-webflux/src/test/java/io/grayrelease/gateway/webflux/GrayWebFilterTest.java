package io.grayrelease.gateway.webflux;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.AnnotationAwareOrderComparator;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebHandler;

import io.grayrelease.dubbo.context.CurrentRequest;
import io.grayrelease.dubbo.context.GrayContext;
import io.grayrelease.gateway.Entered.Origin;
import io.grayrelease.gateway.Entry;
import io.grayrelease.gateway.EntrySettings;
import io.grayrelease.gateway.EntrySettings.Role;
import io.grayrelease.gateway.TagHeaders;
import io.grayrelease.gateway.TagSigner;
import io.grayrelease.policy.model.Snapshot;
import io.grayrelease.policy.model.Tags;

import reactor.core.publisher.Mono;
import reactor.netty.http.client.HttpClient;

import static org.assertj.core.api.Assertions.assertThat;

/** On a real Reactor Netty. */
class GrayWebFilterTest extends OnNetty {
    private static final WebHandler SEEN = exchange -> Server.answer(exchange, seen(exchange));

    @Test
    void decidedTags_areInTheExchange_andOnTheRequest() {
        start(Role.EDGE, SEEN);

        assertThat(get("x-uid", "7", "baggage", "user=1;p", "kept", "a"))
                .isEqualTo("T 7 {baggage=[user=1;p,gray.tag=T], kept=[a], x-gray-tag=[T]}");
        assertThat(get("x-uid", "8")).isEqualTo("- 8 {baggage=[gray.tag=-], x-gray-tag=[-]}");
    }

    @Test
    void atAnEdge_forgedHeaders_areNeitherBelievedNorSeen() {
        start(Role.EDGE, SEEN);
        String[] forged = {
            "X-Gray-Tag",
            "T",
            "x-gray-tag",
            "T",
            "X-GRAY-SIG",
            "1.a",
            "Gray-Tag",
            "T",
            "gray-uid",
            "7",
            "Dubbo.Tag",
            "T",
            "dubbo.force.tag",
            "true",
            "Tri-Header-Convert",
            "{}",
            "Baggage",
            "gray.tag=T",
            "baggage",
            "user=1,gray.tag=T"
        };

        assertThat(get(forged)).isEqualToIgnoringCase("- none {baggage=[user=1,gray.tag=-], x-gray-tag=[-]}");

        repository.offer(Snapshot.of(Map.of("gray.rule.1-a", "service == a => T", "gray.route.T", "a:1")));
        assertThat(get(forged)).isEqualToIgnoringCase("undecided none {baggage=[user=1]}");
        assertThat(get("baggage", "gray.tag=T")).isEqualTo("undecided none {}");
    }

    @Test
    void testers_areToldTheTags() {
        Entry entry = Entry.of(EntrySettings.builder().setResponseHeader("gray").build(), repository::current);
        server = Server.start(loops, SEEN, new GrayWebFilter(entry));

        assertThat(told("7")).isEqualTo("T");
        assertThat(told("8")).isEqualTo("-");
        repository.offer(Snapshot.of(Map.of("gray.rule.1-a", "service == a => T", "gray.route.T", "a:1")));
        assertThat(told("7")).isNull();
    }

    private @Nullable String told(String uid) {
        return HttpClient.create()
                .headers(sent -> sent.add("x-uid", uid))
                .get()
                .uri("http://127.0.0.1:" + server.port() + "/")
                .response()
                .block(Duration.ofSeconds(20))
                .responseHeaders()
                .get("gray");
    }

    @Test
    void inside_tagsAreBelieved() {
        start(Role.INTERNAL, SEEN);

        assertThat(get("X-Gray-Tag", "U", "Gray-Tag", "x"))
                .isEqualToIgnoringCase("U none {baggage=[gray.tag=U], gray-tag=[x], x-gray-tag=[U]}");
        assertThat(get("baggage", "gray.tag=U")).isEqualTo("U none {baggage=[gray.tag=U], x-gray-tag=[U]}");
    }

    @Test
    void rules_seeCookiesParametersAndAddresses() {
        start(Role.EDGE, SEEN);
        repository.offer(Snapshot.of(Map.of(
                "gray.rule.1-a",
                "cookie[\"beta\"] == yes && param[\"p\"] == \"a%20b\" && header[\"X-App\"] == ios && ip == 127.0.0.1 => T",
                "gray.route.T",
                "a:1")));
        assertThat(repository.status().rejection()).isNull();

        assertThat(server.get("/?p=a%20b", "cookie", "beta=yes", "x-app", "ios").block())
                .startsWith("T ");
    }

    @Test
    void aScope_opensTheContext() {
        start(Role.EDGE, exchange -> Mono.deferContextual(reactor -> {
                    try (GrayContext.Scope scope = GrayContext.open(reactor.get(GrayWebFilter.KEY))) {
                        return Mono.just(GrayContext.current().tags().text());
                    }
                })
                .subscribeOn(scheduler)
                .flatMap(text -> Server.answer(exchange, text)));

        assertThat(get("x-uid", "7")).isEqualTo("T");
    }

    @Test
    void aFault_failsNoRequest_andItGoesOnClean() {
        Entry broken = Entry.of(EntrySettings.builder().build(), () -> {
            throw new IllegalStateException("broken");
        });
        server = Server.start(loops, SEEN, new GrayWebFilter(broken));

        assertThat(get("x-gray-tag", "T", "baggage", "a=b,gray.tag=T", "x-uid", "7"))
                .isEqualTo("undecided none {baggage=[a=b]}");
    }

    @Test
    void uid_ofTheApplication_comesBeforeTheRequests() {
        Entry entry = Entry.of(EntrySettings.builder().build(), repository::current);
        server = Server.start(loops, SEEN, new GrayWebFilter(entry, TagHeaders.signedBy(null), exchange -> {
            return switch (exchange.getRequest().getPath().value()) {
                case "/in" -> Mono.delay(Duration.ofMillis(1), scheduler).thenReturn("7");
                case "/fails" -> Mono.error(new IOException("no session"));
                default -> Mono.empty();
            };
        }));

        assertThat(server.get("/in", "x-uid", "8").block()).startsWith("T 7 ");
        assertThat(server.get("/out", "x-uid", "8").block()).startsWith("- 8 ");
        assertThat(server.get("/fails", "x-uid", "7").block()).startsWith("undecided none ");
    }

    @Test
    void uid_ofWhoIsLoggedIn() {
        Entry entry = Entry.of(EntrySettings.builder().build(), repository::current);
        server = Server.start(
                loops,
                SEEN,
                (exchange, chain) -> chain.filter(
                        exchange.mutate().principal(Mono.just(() -> "7")).build()),
                new GrayWebFilter(entry));

        assertThat(get("x-uid", "8")).startsWith("T 7 ");
    }

    @Test
    void asABean_itComesFirst() {
        GrayWebFilter filter =
                new GrayWebFilter(Entry.of(EntrySettings.builder().build(), repository::current));
        WebFilter other = (exchange, chain) -> chain.filter(exchange);
        List<WebFilter> filters = new ArrayList<>(List.of(other, filter));

        AnnotationAwareOrderComparator.sort(filters); // as Spring does
        server = Server.start(loops, SEEN, filters.toArray(new WebFilter[0]));

        assertThat(filters).containsExactly(filter, other);
        assertThat(filter.getOrder()).isEqualTo(Ordered.HIGHEST_PRECEDENCE);
    }

    @Test
    void ofTwoInOneChain_theSecondDoesNothing() {
        Entry first = Entry.of(EntrySettings.builder().build(), repository::current);
        Entry second = Entry.of(EntrySettings.builder().build(), repository::current);
        server = Server.start(loops, SEEN, new GrayWebFilter(first), new GrayWebFilter(second));

        assertThat(get("x-uid", "7")).isEqualTo("T 7 {baggage=[gray.tag=T], x-gray-tag=[T]}");
        assertThat(first.counts().requests(Origin.DECIDED)).isEqualTo(1);
        assertThat(second.counts().requests(Origin.DECIDED)).isZero();
        assertThat(second.counts().forged()).isZero();
    }

    @Test
    void aServiceOfSomebodyElse_isToldNoTags() {
        Entry entry = Entry.of(EntrySettings.builder().build(), repository::current);
        TagSigner signer = TagSigner.ofTexts(List.of("k".repeat(32)), Duration.ofMinutes(1), Clock.systemUTC());
        server = Server.start(
                loops,
                SEEN,
                new GrayWebFilter(entry, TagHeaders.signedBy(signer), exchange -> Mono.empty()),
                (exchange, chain) -> chain.filter(
                        exchange.getRequest().getPath().value().equals("/else")
                                ? GrayWebFilter.withoutTags(exchange)
                                : exchange));

        assertThat(server.get("/own", "x-uid", "7").block()).contains("x-gray-sig=", "x-gray-tag=[T]");
        assertThat(server.get("/else", "x-uid", "7", "baggage", "user=1", "kept", "a")
                        .block())
                .isEqualTo("T 7 {baggage=[user=1], kept=[a]}");
    }

    @Test
    void undecided_theFirstCallDecidesForTheOthers() {
        start(Role.EDGE, exchange -> {
            GrayContext context = exchange.getRequiredAttribute(GrayWebFilter.KEY);
            try (GrayContext.Scope scope = GrayContext.open(context)) {
                CurrentRequest.settleOpened(GrayContext.decided(Tags.of("T"), "7")); // what a Dubbo call does
            }
            return Server.answer(exchange, context.isDecided() ? context.tags().text() : "undecided");
        });
        repository.offer(Snapshot.of(Map.of("gray.rule.1-a", "service == a => T", "gray.route.T", "a:1")));

        assertThat(get("x-uid", "7")).isEqualTo("T");
    }

    private static String seen(ServerWebExchange exchange) {
        GrayContext context = exchange.getRequiredAttribute(GrayWebFilter.KEY);
        return (context.isDecided() ? context.tags().text() : "undecided") + " "
                + context.uid().orElse("none") + " " + Server.headers(exchange);
    }
}
