package io.grayrelease.dubbo.operations.metrics;

import java.util.Locale;

import org.jspecify.annotations.Nullable;

import com.google.auto.value.AutoValue;

import io.grayrelease.dubbo.context.RouteOutcome;

/** What calls are counted by. */
@AutoValue
abstract class CallKey {
    /** Of a provider that registered no version, and of a call that reached none. */
    static final String NONE = "none";

    /** The tag of calls that no tag decided; no tag can be called so. */
    private static final String BASELINE = "baseline";

    CallKey() {}

    static CallKey of(String application, String service, RouteOutcome outcome, @Nullable String version) {
        String tag = outcome.tag();
        return new AutoValue_CallKey(
                application, service, tag == null ? BASELINE : tag, version == null ? NONE : version, outcome.kind());
    }

    /** This key without what may have too many values. */
    final CallKey folded() {
        return new AutoValue_CallKey(application(), Series.OTHER, Series.OTHER, Series.OTHER, kind());
    }

    abstract String application();

    abstract String service();

    abstract String tag();

    abstract String version();

    abstract RouteOutcome.Kind kind();

    final String outcome() {
        return kind().name().toLowerCase(Locale.ROOT);
    }
}
