package io.grayrelease.dubbo.context;

import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import io.grayrelease.policy.decide.RequestView;
import io.grayrelease.policy.model.Tags;

/**
 * The tags and the uid of a request. Immutable but for one thing, and thread-safe: a request that was {@link #open opened}
 * undecided is decided by its first call, on whichever thread that is made, and then says so.
 *
 * <p>A service needs it only where a request changes threads on the service's own executors ({@link #wrap(Executor)}
 * and its kin) or starts without an RPC, as a job or a message does ({@link #open}).
 */
public final class GrayContext {
    /** No request: nothing is decided and no uid is known. */
    public static final GrayContext NONE = new GrayContext(null, null, null, null);

    private static final RequestView NO_VALUES = value -> null;

    private final @Nullable Tags tags;
    private final @Nullable String uid;
    /** Only of a request that an HTTP entry left undecided: what its first call is decided by, besides what that has itself. */
    private final @Nullable RequestView values;
    /** Only of a request that was opened undecided: what its first call is decided to, wherever that is made. */
    private final @Nullable AtomicReference<GrayContext> decision;

    private GrayContext(
            @Nullable Tags tags,
            @Nullable String uid,
            @Nullable RequestView values,
            @Nullable AtomicReference<GrayContext> decision) {
        this.tags = tags;
        this.uid = uid == null || uid.isEmpty() ? null : uid;
        this.values = values;
        this.decision = decision;
    }

    /** A request that is decided; {@link Tags#NONE} means: it is baseline. The uid may be null. */
    public static GrayContext decided(Tags tags, @Nullable String uid) {
        return new GrayContext(Objects.requireNonNull(tags, "tags"), uid, null, null);
    }

    /** A request that is not decided yet: its first call will be. The uid may be null. */
    public static GrayContext undecided(@Nullable String uid) {
        return uid == null || uid.isEmpty() ? NONE : new GrayContext(null, uid, null, null);
    }

    /**
     * A request that an entry could not decide: a rule asks for the call too.
     *
     * @param values what the request has beside the call: asked on other threads, and when its server has forgotten it
     */
    public static GrayContext undecided(@Nullable String uid, RequestView values) {
        return new GrayContext(null, uid, values, null);
    }

    /**
     * The request that this thread works for: the innermost {@link #open opened} one, else the Dubbo request that it
     * serves, else {@link #NONE}.
     */
    public static GrayContext current() {
        GrayContext opened = Scopes.innermost();
        if (opened != null) {
            return opened;
        }
        return PerThread.DUBBO ? CurrentRequest.received() : NONE;
    }

    /**
     * Makes a request the current one of this thread until the scope is closed. Close it on the same thread, best by
     * try-with-resources.
     */
    public static Scope open(GrayContext context) {
        return Scopes.open(context.asRequest());
    }

    /**
     * A request of its own, if this is none yet and not decided: its first call decides it for all the others, and what it is
     * decided to does not reach other requests. {@link #open} does it; for one who keeps the context elsewhere than on a thread.
     */
    public GrayContext asRequest() {
        return tags != null || decision != null ? this : new GrayContext(null, uid, values, new AtomicReference<>());
    }

    /** Decides this opened request, if nobody was quicker; what it is decided to. */
    GrayContext settle(GrayContext decided) {
        if (decision != null) {
            decision.compareAndSet(null, decided);
        }
        return settled();
    }

    private GrayContext settled() {
        GrayContext decided = decision == null ? null : decision.get();
        return decided == null ? this : decided;
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

    /** As {@link #wrap(Runnable)}, for a task that runs again and again: undecided, each run is a request of its own. */
    static Runnable wrapPeriodic(Runnable task) {
        GrayContext captured = current();
        GrayContext each = captured.isDecided() ? captured : new GrayContext(null, captured.uid, captured.values, null);
        return () -> {
            try (Scope scope = open(each)) {
                task.run();
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
        return settled().tags != null;
    }

    /** The tags in order; {@link Tags#NONE} for a baseline request and for one that is not decided. */
    public Tags tags() {
        Tags settled = settled().tags;
        return settled == null ? Tags.NONE : settled;
    }

    /** The uid, if one is known. */
    public Optional<String> uid() {
        return Optional.ofNullable(settled().uid);
    }

    /** What the request of an HTTP entry has beside its uid; nothing, if it is decided. */
    public RequestView values() {
        return values == null ? NO_VALUES : values;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof GrayContext && settled().isAs(((GrayContext) other).settled());
    }

    private boolean isAs(GrayContext other) {
        return Objects.equals(tags, other.tags) && Objects.equals(uid, other.uid);
    }

    @Override
    public int hashCode() {
        GrayContext settled = settled();
        return Objects.hash(settled.tags, settled.uid);
    }

    @Override
    public String toString() {
        GrayContext settled = settled();
        return "GrayContext{tags=" + (settled.tags == null ? "undecided" : settled.tags) + ", uid=" + settled.uid + "}";
    }

    /** Puts back what was current before. */
    public interface Scope extends AutoCloseable {
        @Override
        void close();
    }
}
