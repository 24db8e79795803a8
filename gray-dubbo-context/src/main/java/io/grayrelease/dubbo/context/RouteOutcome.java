package io.grayrelease.dubbo.context;

import org.apache.dubbo.rpc.Invocation;
import org.jspecify.annotations.Nullable;

import com.google.auto.value.AutoValue;

/** Where the router sent a call and why; kept on the invocation, for errors and metrics. Immutable. */
@AutoValue
public abstract class RouteOutcome {
    /** What became of a call. */
    public enum Kind {
        /** A tag decided, and a provider of its version is alive. */
        HIT,
        /** A baseline call with a baseline provider alive. */
        BASELINE,
        /** A tag decided, none of its version is alive: treated as a baseline call. */
        FALLBACK,
        /** No baseline provider is alive: any provider. */
        FAIL_OPEN,
        /** The policy wants the no-provider error. */
        REJECTED
    }

    /** The attribute of the invocation; local, never on the wire. */
    private static final String KEY = "gray.outcome";

    RouteOutcome() {}

    public static RouteOutcome of(Kind kind, @Nullable String tag, String reason) {
        return new AutoValue_RouteOutcome(kind, tag, reason);
    }

    public abstract Kind kind();

    /** The tag that decided, or null for a baseline call. */
    public abstract @Nullable String tag();

    /** What a person wants to read: tag, service, version. */
    public abstract String reason();

    /** Keeps this outcome with a call; a retry replaces it. */
    public final void keepWith(Invocation invocation) {
        invocation.put(KEY, this);
    }

    /** The outcome of the last routing of a call, or null if no policy routed it. */
    public static @Nullable RouteOutcome of(Invocation invocation) {
        Object outcome = invocation.get(KEY);
        return outcome instanceof RouteOutcome ? (RouteOutcome) outcome : null;
    }
}
