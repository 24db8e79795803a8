package io.grayrelease.dubbo.filter;

import org.apache.dubbo.common.stream.StreamObserver;

import io.grayrelease.dubbo.context.GrayContext;

/** Receives the messages of a stream in the context of the call that opened it: Dubbo delivers them on bare threads. */
final class CarryingObserver<T> implements StreamObserver<T> {
    private final StreamObserver<T> observer;
    private final GrayContext context;

    CarryingObserver(StreamObserver<T> observer, GrayContext context) {
        this.observer = observer;
        this.context = context;
    }

    @Override
    public void onNext(T message) {
        try (GrayContext.Scope scope = GrayContext.open(context)) {
            observer.onNext(message);
        }
    }

    @Override
    public void onError(Throwable error) {
        try (GrayContext.Scope scope = GrayContext.open(context)) {
            observer.onError(error);
        }
    }

    @Override
    public void onCompleted() {
        try (GrayContext.Scope scope = GrayContext.open(context)) {
            observer.onCompleted();
        }
    }
}
