package io.grayrelease.matrix.app;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

import org.apache.dubbo.common.stream.StreamObserver;
import org.apache.dubbo.rpc.RpcContext;

import com.google.protobuf.StringValue;

/** The ways in which one service calls the next one: the rows of the matrix. */
public enum Way {
    SYNC("synchronous", (next, task) -> next.proxy(task).call(task.toString())),
    FUTURE(
            "interface method that returns CompletableFuture",
            (next, task) -> next.proxy(task).future(task.toString()).join()),
    ASYNC_CALL("RpcContext.asyncCall", (next, task) -> RpcContext.getServiceContext()
            .asyncCall(() -> next.proxy(task).call(task.toString()))
            .join()),
    ASYNC_CONTEXT("provider answers through AsyncContext", (next, task) -> next.proxy(task)
            .asyncContext(task.toString())),
    SEVERAL("three calls in one method", (next, task) -> {
        Calls proxy = next.proxy(task);
        return proxy.call(task.toString()) + proxy.call(task.toString()) + proxy.call(task.toString());
    }),
    THEN_APPLY("call in thenApply of another call", (next, task) -> {
        Calls proxy = next.proxy(task);
        return proxy.future(task.last().toString())
                .thenApply(answer -> proxy.call(task.toString()))
                .join();
    }),
    THEN_COMPOSE("call in thenCompose of another call", (next, task) -> {
        Calls proxy = next.proxy(task);
        return proxy.future(task.last().toString())
                .thenCompose(answer -> proxy.future(task.toString()))
                .join();
    }),
    GENERIC("generic, $invoke", (next, task) -> next.generic(task)
            .$invoke("call", Next.TYPES, new Object[] {task.toString()})),
    GENERIC_ASYNC("generic, $invokeAsync", (next, task) -> next.generic(task)
            .$invokeAsync("call", Next.TYPES, new Object[] {task.toString()})
            .join()),
    ONEWAY("oneway", Variant.ONEWAY),
    CALLBACK("callback argument", (next, task) -> next.proxy(task, Variant.CALLBACK)
            .listen(task.toString(), next.listener())),
    INJVM("injvm, then remote", (next, task) -> next.local()
            .call(task.after(SYNC).toString())),
    SERVER_STREAM("server stream", (next, task) -> {
        Answers answers = new Answers();
        next.proxy(task).serverStream(task.toString(), answers);
        return answers.await();
    }),
    CLIENT_STREAM("client stream", (next, task) -> {
        Answers answers = new Answers();
        StreamObserver<String> requests = next.proxy(task).stream(answers);
        requests.onNext(task.toString());
        requests.onCompleted();
        return answers.await();
    }),
    BIDI_STREAM("bidirectional stream", (next, task) -> {
        Answers answers = new Answers();
        StreamObserver<String> requests = next.proxy(task).stream(answers);
        requests.onNext(task.toString());
        requests.onNext(task.last().toString());
        requests.onCompleted();
        return answers.await();
    }),
    STREAM_ANSWERS("call when an answer of a stream arrives", (next, task) -> {
        Calls proxy = next.proxy(task);
        Answers answers = new Answers(answer -> proxy.call(task.toString()));
        proxy.serverStream(task.last().toString(), answers);
        return answers.await();
    }),
    PROTOBUF("protobuf messages", (next, task) -> next.proxy(task)
            .protobuf(StringValue.of(task.toString()))
            .getValue()),
    FAILOVER("failover, second try", (next, task) -> next.proxy(task, Variant.FAILOVER)
            .flaky(task.toString())),
    FAILFAST("failfast", Variant.FAILFAST),
    FAILSAFE("failsafe", Variant.FAILSAFE),
    FAILBACK("failback, repeated by its timer", (next, task) -> next.proxy(task, Variant.FAILBACK)
            .flaky(task.toString())),
    FORKING("forking", Variant.FORKING),
    BROADCAST("broadcast", Variant.BROADCAST),
    AVAILABLE("available", Variant.AVAILABLE),
    MERGEABLE("mergeable, two groups", Variant.MERGEABLE),
    MOCK("mock for failing calls", Variant.MOCK),
    FORCED_MOCK("forced mock: no call", Variant.FORCED_MOCK),
    STUB("local stub", Variant.STUB),
    ANY_VERSION("version=\"*\"", Variant.ANY_VERSION),
    VERSION_LIST("version=\"1.0.0,2.0.0\"", Variant.VERSION_LIST),
    GROUP("group", Variant.GROUP),
    GROUP_LIST("group=\"a,b\"", Variant.GROUP_LIST),
    ANY_GROUP("group=\"*\"", Variant.ANY_GROUP),
    LONE_GROUP("group=\"a,b\", providers of one group only", Variant.LONE_GROUP),
    REGISTRIES("two registries", Variant.REGISTRIES),
    ZONE("two registries, zone preferred", (next, task) -> {
        RpcContext.getClientAttachment().setAttachment("registry_zone", "east");
        return next.proxy(task, Variant.REGISTRIES).call(task.toString());
    }),
    DIRECT("url= of one provider", (next, task) -> next.direct(task).call(task.toString())),
    EXECUTOR("@DubboService(executor)", Variant.EXECUTOR),
    WRAPPED_POOL("CompletableFuture.supplyAsync on a wrapped pool", (next, task) -> CompletableFuture.supplyAsync(
                    () -> next.proxy(task).call(task.toString()), next.wrappedPool())
            .join()),
    OWN_TAG("caller sets gray-tag itself", (next, task) -> {
        RpcContext.getClientAttachment().setAttachment("gray-tag", "U");
        return next.proxy(task).call(task.toString());
    }),
    OWN_ATTACHMENTS("caller's attachments are left as they were", (next, task) -> {
        Map<String, Object> received =
                new HashMap<>(RpcContext.getServerAttachment().getObjectAttachments());
        RpcContext.getClientAttachment().setAttachment("mine", "1");
        String answer = next.proxy(task).call(task.toString());
        Map<String, Object> after =
                new HashMap<>(RpcContext.getServerAttachment().getObjectAttachments());
        Map<String, Object> own = RpcContext.getClientAttachment().getObjectAttachments();
        if (!after.equals(received) || !own.isEmpty()) {
            throw new IllegalStateException("received " + received + ", then " + after + "; own " + own);
        }
        return answer;
    });

    private final String label;

    @SuppressWarnings("ImmutableEnumChecker") // a lambda that captures nothing
    private final Action action;

    Way(String label, Action action) {
        this.label = label;
        this.action = action;
    }

    Way(String label, Variant variant) {
        this(label, (next, task) -> next.proxy(task, variant).call(task.toString()));
    }

    /** What people call it. */
    public String label() {
        return label;
    }

    /** Makes the call; the answer, as far as this way waits for one. */
    String go(Next next, Task task) {
        return String.valueOf(action.go(next, task));
    }

    private interface Action {
        Object go(Next next, Task task);
    }
}
