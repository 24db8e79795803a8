package io.grayrelease.matrix.app;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import org.apache.dubbo.common.stream.StreamObserver;
import org.apache.dubbo.rpc.AsyncContext;
import org.apache.dubbo.rpc.RpcContext;

import com.google.protobuf.StringValue;

/** The service of a process: notes what it sees, and calls the next one. */
public class Served implements Middle, End, Local {
    private static final int MIDDLE_PATIENCE_MILLIS = 20_000;
    private static final int END_PATIENCE_MILLIS = 6_000;
    private static final long HANGS_MILLIS = 2L * MIDDLE_PATIENCE_MILLIS;

    private final Seen seen;
    private final String name;
    private final Next next;

    public Served(Seen seen, String name, Next next) {
        this.seen = seen;
        this.name = name;
        this.next = next;
    }

    /** How long a caller waits for a service that may hang, in ms: longer for one that calls another one three times. */
    static int patience(String type) {
        return type.equals(Middle.class.getName()) ? MIDDLE_PATIENCE_MILLIS : END_PATIENCE_MILLIS;
    }

    @Override
    public String call(String text) {
        return answer(Task.parse(text));
    }

    @Override
    public String flaky(String text) {
        Task task = Task.parse(text);
        if (seen.times(task) > 0) {
            return answer(task);
        }
        seen.note(task, name);
        return hang();
    }

    @Override
    public CompletableFuture<String> future(String text) {
        return CompletableFuture.supplyAsync(() -> answer(Task.parse(text)), next.wrappedPool());
    }

    @Override
    public String asyncContext(String text) {
        AsyncContext context = RpcContext.startAsync();
        Thread thread = new Thread(() -> {
            context.signalContextSwitch();
            context.write(answer(Task.parse(text)));
        });
        thread.start();
        return "";
    }

    @Override
    public String listen(String text, Listener listener) {
        Task task = Task.parse(text);
        seen.note(task, name);
        listener.changed(task.last().toString());
        return goOn(task);
    }

    @Override
    public void serverStream(String text, StreamObserver<String> answers) {
        answers.onNext(answer(Task.parse(text)));
        answers.onNext("and another one");
        answers.onCompleted();
    }

    @Override
    public StreamObserver<String> stream(StreamObserver<String> answers) {
        return new StreamObserver<>() {
            @Override
            public void onNext(String text) {
                answers.onNext(answer(Task.parse(text)));
            }

            @Override
            public void onError(Throwable error) {
                answers.onError(error);
            }

            @Override
            public void onCompleted() {
                answers.onCompleted();
            }
        };
    }

    @Override
    public StringValue protobuf(StringValue text) {
        return StringValue.of(answer(Task.parse(text.getValue())));
    }

    private String answer(Task task) {
        seen.note(task, name);
        return goOn(task);
    }

    /** The path of the request from here on: {@code middle 2.0.0 T > end 2.0.0 T}. */
    private String goOn(Task task) {
        String here = name + " " + seen.tag();
        return task.isDone() ? here : here + " > " + task.ways().get(0).go(next, task.rest());
    }

    /** Nobody waits for this answer. */
    private String hang() {
        try {
            return String.valueOf(new CountDownLatch(1).await(HANGS_MILLIS, TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return name;
        }
    }
}
