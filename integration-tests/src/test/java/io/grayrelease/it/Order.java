package io.grayrelease.it;

import java.util.List;
import java.util.concurrent.CompletableFuture;

/** The service in the middle. */
public interface Order {
    /** What this hop and those behind it saw; how it calls on is a word of {@link OrderService}. */
    List<String> order(String how);

    CompletableFuture<List<String>> orderAsync(String how);
}
