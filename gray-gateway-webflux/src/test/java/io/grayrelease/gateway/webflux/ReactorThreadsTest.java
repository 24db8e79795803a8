package io.grayrelease.gateway.webflux;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import io.grayrelease.dubbo.context.GrayContext;

import reactor.core.publisher.Hooks;

import static org.assertj.core.api.Assertions.assertThat;

/** On Reactor 3.5.3 and newer. */
class ReactorThreadsTest {
    @AfterEach
    void disable() {
        Hooks.disableAutomaticContextPropagation();
    }

    @Test
    void theyHaveTheContext_onlyWhereReactorHandsItOn() {
        assertThat(ReactorThreads.haveContext()).isFalse();

        Hooks.enableAutomaticContextPropagation();
        assertThat(ReactorThreads.haveContext()).isTrue();
        assertThat(GrayContext.current()).isEqualTo(GrayContext.NONE);
    }
}
