package io.grayrelease.it;

import java.util.List;
import java.util.concurrent.CompletableFuture;

/** The service at the end. */
public interface Stock {
    List<String> stock(String item);

    CompletableFuture<List<String>> stockAsync(String item);
}
