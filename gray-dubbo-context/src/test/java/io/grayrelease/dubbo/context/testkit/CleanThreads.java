package io.grayrelease.dubbo.context.testkit;

import java.lang.reflect.Method;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ThreadPoolExecutor;

import org.apache.dubbo.common.threadlocal.InternalThreadLocalMap;
import org.apache.dubbo.rpc.RpcContext;
import org.slf4j.MDC;

import io.grayrelease.dubbo.context.GrayContext;
import io.grayrelease.dubbo.context.GrayPropagator;

/**
 * Fails a test when something of a request is left on a thread, where the next task would take it for its own: a current
 * {@link GrayContext}, the tags in SLF4J's MDC, or an attachment that the next call would send.
 *
 * <p>Needs no test framework; for JUnit 5 there is {@link CleanThreadsExtension}.
 */
public final class CleanThreads {
    private static final String MDC_KEY = "gray.tag";
    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private CleanThreads() {}

    /**
     * Looks at the current thread and at the threads of the executors, when these are idle. All threads of a {@link
     * ThreadPoolExecutor}, a {@link ForkJoinPool} and a Spring ThreadPoolTaskExecutor are reached; of an executor of
     * another kind, the thread that runs one task. Executors wrapped by {@link GrayContext} are unwrapped; those that
     * other libraries wrapped hide what lies on their threads and are to be given bare. A pool may start threads up to
     * its core size by this.
     *
     * @throws AssertionError if something is left; names thread and remains. Also if a thread is busy, or its executor
     *     accepts no tasks, for 10 seconds
     */
    public static void assertClean(Executor... executors) {
        assertClean(TIMEOUT, executors);
    }

    /** As {@link #assertClean(Executor...)}, with another time to wait for busy threads. */
    public static void assertClean(Duration timeout, Executor... executors) {
        List<String> lines = remains();
        for (Executor executor : executors) {
            lines.addAll(Probes.run(bare(executor), timeout));
        }
        throwIfAny(lines);
    }

    /** Clears the current thread of everything that {@link #assertClean} looks for, and of Dubbo's whole RpcContext. */
    public static void clean() {
        InternalThreadLocalMap.remove();
        MDC.remove(MDC_KEY);
    }

    static void throwIfAny(List<String> lines) {
        if (!lines.isEmpty()) {
            throw new AssertionError("left on threads for the next task:\n  " + String.join("\n  ", lines));
        }
    }

    /** What lies on the threads of a bare executor, a line for each that is not clean. */
    static List<String> remains(Executor bare) {
        return Probes.run(bare, TIMEOUT);
    }

    /** What lies on the current thread: nothing, or one line. */
    static List<String> remains() {
        List<String> found = new ArrayList<>();
        GrayContext context = GrayContext.current();
        if (!context.equals(GrayContext.NONE)) {
            found.add("context " + context);
        }
        addIfPresent(found, "MDC " + MDC_KEY, MDC.get(MDC_KEY));
        addIfPresent(found, "attachment " + GrayPropagator.TAG, attachment(GrayPropagator.TAG));
        addIfPresent(found, "attachment " + GrayPropagator.UID, attachment(GrayPropagator.UID));
        List<String> lines = new ArrayList<>();
        if (!found.isEmpty()) {
            lines.add("thread " + Thread.currentThread().getName() + ": " + String.join(", ", found));
        }
        return lines;
    }

    private static String attachment(String key) {
        return RpcContext.getClientAttachment().getAttachment(key);
    }

    private static void addIfPresent(List<String> found, String name, String value) {
        if (value != null) {
            found.add(name + "=" + value);
        }
    }

    /** Below the wrappers: theirs would hide what lies on the thread from the probe as from every other task. */
    static Executor bare(Executor executor) {
        Executor inner = GrayContext.unwrap(Objects.requireNonNull(executor, "executor"));
        try {
            Method pool = inner.getClass().getMethod("getThreadPoolExecutor"); // Spring's
            return (Executor) pool.invoke(inner);
        } catch (ReflectiveOperationException | ClassCastException notSprings) {
            return inner;
        }
    }
}
