package io.grayrelease.policy.model;

import com.google.auto.value.AutoValue;

/** Where the requests with one tag go: the versions of all services that the tag changes. */
@AutoValue
public abstract class Route {
    /** What happens to a call when no provider of the route's version is alive. */
    public enum Fallback {
        /** It is treated as a baseline call, and counted. */
        BASELINE,
        /** It is answered with Dubbo's no-provider error. */
        STRICT
    }

    Route() {}

    public static Route of(String tag, Targets targets, Fallback fallback) {
        return new AutoValue_Route(tag, targets, fallback);
    }

    public abstract String tag();

    /** Never empty. */
    public abstract Targets targets();

    public abstract Fallback fallback();

    /** The key that this route has in a namespace. */
    public final String key() {
        return "gray.route." + tag();
    }
}
