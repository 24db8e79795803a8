package io.grayrelease.spring;

import java.util.function.Function;

import org.springframework.web.server.ServerWebExchange;

import reactor.core.publisher.Mono;

/** As {@link ServletUid}, in a reactive application; empty where it does not know. */
public interface ReactiveUid extends Function<ServerWebExchange, Mono<String>> {}
