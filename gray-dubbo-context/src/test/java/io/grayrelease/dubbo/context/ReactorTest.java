package io.grayrelease.dubbo.context;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;

import org.apache.dubbo.rpc.RpcContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Hooks;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

import static io.grayrelease.dubbo.context.OtherThreads.GRAY;
import static io.grayrelease.dubbo.context.OtherThreads.OTHER;
import static io.grayrelease.dubbo.context.OtherThreads.serve;
import static org.assertj.core.api.Assertions.assertThat;

/** Reactor on our accessor; the threads of its schedulers are those of the whole JVM. */
class ReactorTest {
    private static final Mono<GrayContext> CURRENT = Mono.fromCallable(GrayContext::current);

    @BeforeAll
    static void enable() {
        Hooks.enableAutomaticContextPropagation();
    }

    @AfterAll
    static void disable() {
        Hooks.disableAutomaticContextPropagation();
    }

    @AfterEach
    void clean() {
        RpcContext.removeContext();
        assertThat(CURRENT.subscribeOn(Schedulers.single()).block()).isEqualTo(GrayContext.NONE);
        assertThat(GrayContext.current()).isEqualTo(GrayContext.NONE);
    }

    @Test
    void blocking_carriesOverSchedulersAndFlatMaps() {
        Mono<GrayContext> chain = CURRENT.subscribeOn(Schedulers.boundedElastic())
                .flatMap(ReactorTest::ifGray)
                .publishOn(Schedulers.parallel())
                .flatMap(ReactorTest::ifGray)
                .delayElement(Duration.ofMillis(5))
                .flatMap(before -> ifGray(before).subscribeOn(Schedulers.single()))
                .map(before -> before.equals(GRAY) ? GrayContext.current() : before);
        try (GrayContext.Scope scope = GrayContext.open(GRAY)) {
            assertThat(chain.block()).isEqualTo(GRAY);
            assertThat(GrayContext.current()).isEqualTo(GRAY);
        }
    }

    @Test
    void blocking_whileServing_carriesTheServedRequest_andDoesNotOutliveIt() {
        serve();
        assertThat(CURRENT.subscribeOn(Schedulers.boundedElastic()).block()).isEqualTo(GRAY);
        assertThat(CURRENT.block()).isEqualTo(GRAY);
        assertThat(Flux.range(0, 20)
                        .flatMap(i -> CURRENT.subscribeOn(Schedulers.parallel()))
                        .collectList()
                        .block())
                .hasSize(20)
                .containsOnly(GRAY);
        RpcContext.removeServerAttachment();
        assertThat(GrayContext.current()).isEqualTo(GrayContext.NONE);
    }

    @Test
    void subscribing_asAFuture_carriesWithContextCapture() throws Exception {
        CompletableFuture<GrayContext> future;
        try (GrayContext.Scope scope = GrayContext.open(GRAY)) {
            future = Mono.delay(Duration.ofMillis(20))
                    .flatMap(tick -> CURRENT.subscribeOn(Schedulers.boundedElastic()))
                    .contextCapture()
                    .toFuture();
        }
        assertThat(future.get()).isEqualTo(GRAY);
    }

    @Test
    void contextWrite_setsAnotherRequestForThePartAboveIt() {
        try (GrayContext.Scope scope = GrayContext.open(GRAY)) {
            Mono<GrayContext> other = CURRENT.subscribeOn(Schedulers.boundedElastic())
                    .contextWrite(context -> context.put(GrayThreadLocalAccessor.KEY, OTHER));
            assertThat(other.flatMap(seen -> CURRENT.map(after -> seen + " then " + after))
                            .block())
                    .isEqualTo(OTHER + " then " + GRAY);
        }
    }

    private static Mono<GrayContext> ifGray(GrayContext before) {
        return before.equals(GRAY) ? CURRENT : Mono.just(before);
    }
}
