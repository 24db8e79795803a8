package io.grayrelease.it;

import java.util.concurrent.CompletableFuture;

/** The middle service of an {@link AsyncChain}: does what the test says, on the thread of the request. */
public interface Relay {
    CompletableFuture<String> run();
}
