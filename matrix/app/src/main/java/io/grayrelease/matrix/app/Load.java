package io.grayrelease.matrix.app;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

import org.apache.dubbo.rpc.RpcContext;

import io.grayrelease.dubbo.context.GrayContext;

/**
 * Users of the entry: at a steady rate, each from one of a few threads, in different ways and over both protocols. What
 * became of each call is kept until {@link #drain}: {@code begin|end|uid|path}, times in epoch milliseconds; a failed
 * call has {@code !} and its error for a path. Thread-safe.
 */
final class Load {
    private static final int THREADS = 4;
    private static final int USERS = 100;
    private static final List<Way> WAYS = List.of(
            Way.SYNC, Way.SYNC, Way.FUTURE, Way.ASYNC_CALL, Way.ASYNC_CONTEXT, Way.GENERIC, Way.THEN_APPLY, Way.INJVM);
    private static final List<String> PROTOCOLS = List.of("dubbo", "tri");

    private final Next next;
    private final Queue<String> calls = new ConcurrentLinkedQueue<>();
    private final ScheduledExecutorService users = Executors.newScheduledThreadPool(THREADS);

    Load(Next next) {
        this.next = next;
    }

    @SuppressWarnings("FutureReturnValueIgnored") // it goes on as long as the process
    void start(int perSecond) {
        for (int i = 0; i < THREADS; i++) {
            users.scheduleAtFixedRate(this::call, 0, 1_000_000L * THREADS / perSecond, TimeUnit.MICROSECONDS);
        }
    }

    /** What was called since the last time. */
    List<String> drain() {
        List<String> drained = new ArrayList<>();
        for (String call = calls.poll(); call != null; call = calls.poll()) {
            drained.add(call);
        }
        return drained;
    }

    private void call() {
        AThreadProbe.look();
        int uid = ThreadLocalRandom.current().nextInt(USERS);
        Way way = WAYS.get(ThreadLocalRandom.current().nextInt(WAYS.size()));
        String protocol = PROTOCOLS.get(ThreadLocalRandom.current().nextInt(PROTOCOLS.size()));
        long begin = System.currentTimeMillis();
        String path = path(String.valueOf(uid), new Task(Seen.UNSEEN, protocol, List.of(way, way)));
        calls.add(begin + "|" + System.currentTimeMillis() + "|" + uid + "|" + path);
    }

    private String path(String uid, Task task) {
        try (GrayContext.Scope scope = GrayContext.open(GrayContext.undecided(uid))) {
            return task.ways().get(0).go(next, task.rest());
        } catch (RuntimeException e) {
            return "!" + task + " " + String.valueOf(e).replaceAll("[|\\n]", " ");
        } finally {
            RpcContext.removeContext();
        }
    }
}
