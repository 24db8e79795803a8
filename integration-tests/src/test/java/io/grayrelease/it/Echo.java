package io.grayrelease.it;

import java.util.concurrent.CompletableFuture;

/** The last service of an {@link AsyncChain}: answers what it received, as {@code T/7}. */
public interface Echo {
    String seen();

    CompletableFuture<String> seenAsync();

    /** Answers when {@link AsyncChain#release} is called. */
    CompletableFuture<String> held();

    /** Answers from a thread of the service's own. */
    CompletableFuture<String> pooled();
}
