package io.grayrelease.matrix.app;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

import org.apache.dubbo.common.stream.StreamObserver;
import org.apache.dubbo.rpc.RpcContext;

import com.google.protobuf.StringValue;

/** The ways in which one service calls the next one: the rows of the matrix. */
public enum Way {
    SYNC((next, task) -> next.proxy(task).call(task.toString())),
    /** An interface method that returns a CompletableFuture. */
    FUTURE((next, task) -> next.proxy(task).future(task.toString()).join()),
    /** {@code RpcContext.asyncCall} of a synchronous method. */
    ASYNC_CALL((next, task) -> RpcContext.getServiceContext()
            .asyncCall(() -> next.proxy(task).call(task.toString()))
            .join()),
    /** The provider answers through its AsyncContext, from another thread. */
    ASYNC_CONTEXT((next, task) -> next.proxy(task).asyncContext(task.toString())),
    /** Three calls in one method. */
    SEVERAL((next, task) -> {
        for (int i = 0; i < 3; i++) {
            next.proxy(task).call(task.toString());
        }
    }),
    /** A call from the callback of another one. */
    THEN_APPLY((next, task) -> {
        Calls proxy = next.proxy(task);
        proxy.future(task.last().toString())
                .thenApply(answer -> proxy.call(task.toString()))
                .join();
    }),
    THEN_COMPOSE((next, task) -> {
        Calls proxy = next.proxy(task);
        proxy.future(task.last().toString())
                .thenCompose(answer -> proxy.future(task.toString()))
                .join();
    }),
    GENERIC((next, task) -> next.generic(task).$invoke("call", Next.TYPES, new Object[] {task.toString()})),
    GENERIC_ASYNC((next, task) -> next.generic(task)
            .$invokeAsync("call", Next.TYPES, new Object[] {task.toString()})
            .join()),
    ONEWAY(Variant.ONEWAY),
    /** An argument that the provider calls back. */
    CALLBACK((next, task) -> next.proxy(task, Variant.CALLBACK).listen(task.toString(), next.listener())),
    /** A service of the same process, without a network, which calls on. */
    INJVM((next, task) -> next.local().call(task.after(SYNC).toString())),
    SERVER_STREAM((next, task) -> {
        Answers answers = new Answers();
        next.proxy(task).serverStream(task.toString(), answers);
        answers.await();
    }),
    CLIENT_STREAM((next, task) -> {
        Answers answers = new Answers();
        StreamObserver<String> requests = next.proxy(task).stream(answers);
        requests.onNext(task.toString());
        requests.onCompleted();
        answers.await();
    }),
    /** Both sides send several messages. */
    BIDI_STREAM((next, task) -> {
        Answers answers = new Answers();
        StreamObserver<String> requests = next.proxy(task).stream(answers);
        requests.onNext(task.toString());
        requests.onNext(task.last().toString());
        requests.onCompleted();
        answers.await();
    }),
    /** A call from the consumer's observer, when an answer arrives. */
    STREAM_ANSWERS((next, task) -> {
        Calls proxy = next.proxy(task);
        Answers answers = new Answers(answer -> proxy.call(task.toString()));
        proxy.serverStream(task.last().toString(), answers);
        answers.await();
    }),
    /** Protobuf messages as arguments. */
    PROTOBUF((next, task) -> next.proxy(task).protobuf(StringValue.of(task.toString()))),
    /** The first try fails by its time-out, the second one is routed again. */
    FAILOVER((next, task) -> next.proxy(task, Variant.FAILOVER).flaky(task.toString())),
    FAILFAST(Variant.FAILFAST),
    FAILSAFE(Variant.FAILSAFE),
    /** The first try fails; Dubbo repeats it later from a timer, past the routers. */
    FAILBACK((next, task) -> next.proxy(task, Variant.FAILBACK).flaky(task.toString())),
    FORKING(Variant.FORKING),
    BROADCAST(Variant.BROADCAST),
    AVAILABLE(Variant.AVAILABLE),
    /** One call to each of two groups, the answers merged. */
    MERGEABLE(Variant.MERGEABLE),
    /** A mock for failing calls, and no call fails. */
    MOCK(Variant.MOCK),
    /** A mock instead of the call: none is made. */
    FORCED_MOCK(Variant.FORCED_MOCK),
    STUB(Variant.STUB),
    /** A reference with {@code version="*"}. */
    ANY_VERSION(Variant.ANY_VERSION),
    VERSION_LIST(Variant.VERSION_LIST),
    GROUP(Variant.GROUP),
    /** A reference with {@code group="east,west"}. */
    GROUP_LIST(Variant.GROUP_LIST),
    ANY_GROUP(Variant.ANY_GROUP),
    /** Two groups, and providers of only one of them are there. */
    LONE_GROUP(Variant.LONE_GROUP),
    /** Two registries, both with all providers. */
    REGISTRIES(Variant.REGISTRIES),
    /** The caller prefers the registry of a zone. */
    ZONE((next, task) -> {
        RpcContext.getClientAttachment().setAttachment("registry_zone", "east");
        next.proxy(task, Variant.REGISTRIES).call(task.toString());
    }),
    /** The provider has an executor of its own for the service. */
    EXECUTOR(Variant.EXECUTOR),
    /** {@code CompletableFuture.supplyAsync} on a wrapped pool. */
    WRAPPED_POOL((next, task) -> CompletableFuture.supplyAsync(
                    () -> next.proxy(task).call(task.toString()), next.wrappedPool())
            .join()),
    /** The caller sets the tag itself. */
    OWN_TAG((next, task) -> {
        RpcContext.getClientAttachment().setAttachment("gray-tag", "U");
        next.proxy(task).call(task.toString());
    }),
    /** What the caller holds in its RpcContext is the same before and after a call. */
    OWN_ATTACHMENTS((next, task) -> {
        Map<String, Object> received =
                new HashMap<>(RpcContext.getServerAttachment().getObjectAttachments());
        RpcContext.getClientAttachment().setAttachment("mine", "1");
        next.proxy(task).call(task.toString());
        Map<String, Object> after =
                new HashMap<>(RpcContext.getServerAttachment().getObjectAttachments());
        Map<String, Object> own = RpcContext.getClientAttachment().getObjectAttachments();
        if (!after.equals(received) || !own.isEmpty()) {
            throw new IllegalStateException("received " + received + ", then " + after + "; own " + own);
        }
    });

    @SuppressWarnings("ImmutableEnumChecker") // a lambda that captures nothing
    private final Action action;

    Way(Action action) {
        this.action = action;
    }

    Way(Variant variant) {
        this.action = (next, task) -> next.proxy(task, variant).call(task.toString());
    }

    /** Makes the call; returns when it is answered, as far as this way waits for an answer. */
    void go(Next next, Task task) {
        action.go(next, task);
    }

    private interface Action {
        void go(Next next, Task task);
    }
}
