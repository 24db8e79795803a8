package io.grayrelease.matrix.app;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import org.apache.dubbo.common.stream.StreamObserver;

/** Waits until a stream of answers is complete. */
final class Answers implements StreamObserver<String> {
    private static final int PATIENCE_SECONDS = 20;

    private final CompletableFuture<String> complete = new CompletableFuture<>();

    private final Consumer<String> each;

    Answers() {
        this(answer -> {});
    }

    Answers(Consumer<String> each) {
        this.each = each;
    }

    String await() {
        return complete.orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
    }

    @Override
    public void onNext(String answer) {
        try {
            each.accept(answer);
        } catch (RuntimeException e) {
            complete.completeExceptionally(e);
        }
    }

    @Override
    public void onError(Throwable error) {
        complete.completeExceptionally(error);
    }

    @Override
    public void onCompleted() {
        complete.complete("streamed");
    }
}
