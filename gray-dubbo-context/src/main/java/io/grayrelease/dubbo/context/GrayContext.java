package io.grayrelease.dubbo.context;

import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Function;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import io.grayrelease.policy.model.Tags;

/**
 * The tags and the uid of a request. Immutable and thread-safe.
 *
 * <p>A service needs it only where a request changes threads on the service's own executors ({@link #wrap(Executor)}
 * and its kin) or starts without an RPC, as a job or a message does ({@link #open}).
 */
public final class GrayContext {
    /** No request: nothing is decided and no uid is known. */
    public static final GrayContext NONE = new GrayContext(null, null);

    private final @Nullable Tags tags;
    private final @Nullable String uid;

    private GrayContext(@Nullable Tags tags, @Nullable String uid) {
        this.tags = tags;
        this.uid = uid == null || uid.isEmpty() ? null : uid;
    }

    /** A request that is decided; {@link Tags#NONE} means: it is baseline. The uid may be null. */
    public static GrayContext decided(Tags tags, @Nullable String uid) {
        return new GrayContext(Objects.requireNonNull(tags, "tags"), uid);
    }

    /** A request that is not decided yet: its first call will be. The uid may be null. */
    public static GrayContext undecided(@Nullable String uid) {
        return uid == null || uid.isEmpty() ? NONE : new GrayContext(null, uid);
    }

    /**
     * The request that this thread works for: the innermost {@link #open opened} one, else the Dubbo request that it
     * serves, else {@link #NONE}.
     */
    public static GrayContext current() {
        return CurrentRequest.context();
    }

    /**
     * Makes a request the current one of this thread until the scope is closed. Close it on the same thread, best by
     * try-with-resources.
     */
    public static Scope open(GrayContext context) {
        return Scopes.open(Objects.requireNonNull(context, "context"));
    }

    /** A task that runs with the context that is current now, whichever thread runs it. */
    public static Runnable wrap(Runnable task) {
        GrayContext captured = current();
        return () -> {
            try (Scope scope = open(captured)) {
                task.run();
            }
        };
    }

    /** As {@link #wrap(Runnable)}. */
    @SuppressWarnings("FunctionalInterfaceClash")
    public static <T> Callable<T> wrap(Callable<T> task) {
        GrayContext captured = current();
        return () -> {
            try (Scope scope = open(captured)) {
                return task.call();
            }
        };
    }

    /** As {@link #wrap(Runnable)}. A lambda must say whether it is this or a Callable: by a cast or a variable. */
    @SuppressWarnings("FunctionalInterfaceClash")
    public static <T> Supplier<T> wrap(Supplier<T> supplier) {
        GrayContext captured = current();
        return () -> {
            try (Scope scope = open(captured)) {
                return supplier.get();
            }
        };
    }

    /**
     * As {@link #wrap(Runnable)}, for the stages of a future: {@code future.thenApplyAsync(GrayContext.wrap(f))}. A lambda
     * must say that it is no Executor: by a cast or a variable.
     */
    @SuppressWarnings("overloads")
    public static <T, R> Function<T, R> wrap(Function<T, R> function) {
        GrayContext captured = current();
        return argument -> {
            try (Scope scope = open(captured)) {
                return function.apply(argument);
            }
        };
    }

    /** An executor whose tasks run with the context that is current where they are handed in. */
    @SuppressWarnings("overloads")
    public static Executor wrap(Executor executor) {
        return new ContextExecutor(executor);
    }

    /** As {@link #wrap(Executor)}; life cycle and queue stay those of the given executor. */
    public static ExecutorService wrap(ExecutorService executor) {
        return new ContextExecutorService(executor);
    }

    /** As {@link #wrap(ExecutorService)}; every run of a periodic task has the context in which it was scheduled. */
    public static ScheduledExecutorService wrap(ScheduledExecutorService executor) {
        return new ContextScheduledExecutorService(executor);
    }

    /** The executor under all wrappers of ours; one that is not wrapped is returned as it is. */
    public static Executor unwrap(Executor executor) {
        Executor inner = executor;
        while (inner instanceof WrappedExecutor) {
            inner = ((WrappedExecutor) inner).wrapped();
        }
        return inner;
    }

    /** Whether the tags are settled, be it to baseline. */
    public boolean isDecided() {
        return tags != null;
    }

    /** The tags in order; {@link Tags#NONE} for a baseline request and for one that is not decided. */
    public Tags tags() {
        return tags == null ? Tags.NONE : tags;
    }

    /** The uid, if one is known. */
    public Optional<String> uid() {
        return Optional.ofNullable(uid);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof GrayContext
                && Objects.equals(tags, ((GrayContext) other).tags)
                && Objects.equals(uid, ((GrayContext) other).uid);
    }

    @Override
    public int hashCode() {
        return Objects.hash(tags, uid);
    }

    @Override
    public String toString() {
        return "GrayContext{tags=" + (tags == null ? "undecided" : tags) + ", uid=" + uid + "}";
    }

    /** Puts back what was current before. */
    public interface Scope extends AutoCloseable {
        @Override
        void close();
    }
}
