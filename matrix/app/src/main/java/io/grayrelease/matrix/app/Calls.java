package io.grayrelease.matrix.app;

import java.util.concurrent.CompletableFuture;

import org.apache.dubbo.common.stream.StreamObserver;

import com.google.protobuf.StringValue;

/** Every shape of a service method. Each takes the text of a {@link Task} and does it. */
public interface Calls {
    String call(String task);

    /** The first call of a task hangs until its caller has given up; the second one answers. */
    String flaky(String task);

    /** Answers from a thread of the service. */
    CompletableFuture<String> future(String task);

    /** Answers through Dubbo's AsyncContext, from a thread of the service. */
    String asyncContext(String task);

    /** Calls its caller back before it answers. */
    String listen(String task, Listener listener);

    void serverStream(String task, StreamObserver<String> answers);

    StreamObserver<String> stream(StreamObserver<String> answers);

    /** Its types are protobuf messages, so Triple sends them as gRPC does. */
    StringValue protobuf(StringValue task);
}
