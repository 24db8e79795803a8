package io.grayrelease.matrix.app;

import java.util.concurrent.CompletableFuture;

import org.apache.dubbo.common.stream.StreamObserver;

import com.google.protobuf.StringValue;

/** Dubbo's local stub: the consumer's own code in front of a reference. */
public final class CallsStub implements Middle, End {
    private final Calls proxy;

    public CallsStub(Calls proxy) {
        this.proxy = proxy;
    }

    @Override
    public String call(String task) {
        return "stub " + proxy.call(task);
    }

    @Override
    public String flaky(String task) {
        return proxy.flaky(task);
    }

    @Override
    public CompletableFuture<String> future(String task) {
        return proxy.future(task);
    }

    @Override
    public String asyncContext(String task) {
        return proxy.asyncContext(task);
    }

    @Override
    public String listen(String task, Listener listener) {
        return proxy.listen(task, listener);
    }

    @Override
    public void serverStream(String task, StreamObserver<String> answers) {
        proxy.serverStream(task, answers);
    }

    @Override
    public StreamObserver<String> stream(StreamObserver<String> answers) {
        return proxy.stream(answers);
    }

    @Override
    public StringValue protobuf(StringValue task) {
        return proxy.protobuf(task);
    }
}
