package io.grayrelease.gateway;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.grayrelease.policy.model.Baggage;
import io.grayrelease.policy.model.Tags;
import io.opentelemetry.api.baggage.BaggageBuilder;
import io.opentelemetry.context.Context;

/**
 * The baggage of OpenTelemetry, where the service has it: what it sends on with calls carries the tags too, through services that
 * lack our jars. It has read the request before us, so a forged member is taken away here as well. Thread-safe.
 */
public final class TraceBaggage {
    private static final Logger LOG = LoggerFactory.getLogger(TraceBaggage.class);
    private static final boolean PRESENT = isPresent("io.opentelemetry.api.baggage.Baggage");
    private static final Scope NOTHING = () -> {};

    static {
        if (!PRESENT && isPresent("io.opentelemetry.javaagent.OpenTelemetryAgent")) {
            LOG.warn(
                    "gray: OpenTelemetry's agent carries on what callers say of tags in baggage; to take it away there too, "
                            + "add io.opentelemetry:opentelemetry-api, or leave baggage out of otel.propagators");
        }
    }

    private TraceBaggage() {}

    private static boolean isPresent(String type) {
        try {
            Class.forName(type, false, TraceBaggage.class.getClassLoader());
            return true;
        } catch (ClassNotFoundException | LinkageError e) {
            return false;
        }
    }

    /**
     * Makes the tags part of the thread's current baggage until the scope is closed.
     *
     * @param tags null takes away what the baggage says
     */
    public static Scope open(@Nullable Tags tags) {
        return PRESENT ? Telemetry.open(tags) : NOTHING;
    }

    /**
     * What somebody keeps elsewhere than on a thread, as in Reactor's Context: with the tags, if it is a context of OpenTelemetry;
     * anything else as it is.
     *
     * @param tags null takes away what the baggage says
     */
    public static Object in(Object kept, @Nullable Tags tags) {
        return PRESENT ? Telemetry.in(kept, tags) : kept;
    }

    /** Puts back what was current before. */
    public interface Scope extends AutoCloseable {
        @Override
        void close();
    }

    /** Loaded only where OpenTelemetry is there. */
    private static final class Telemetry {
        private Telemetry() {}

        @SuppressWarnings("MustBeClosed") // by the caller
        static Scope open(@Nullable Tags tags) {
            return with(Context.current(), tags).makeCurrent()::close;
        }

        static Object in(Object kept, @Nullable Tags tags) {
            return kept instanceof Context ? with((Context) kept, tags) : kept;
        }

        private static Context with(Context context, @Nullable Tags tags) {
            io.opentelemetry.api.baggage.Baggage said = io.opentelemetry.api.baggage.Baggage.fromContext(context);
            BaggageBuilder changed = said.toBuilder();
            said.asMap().keySet().stream().filter(Baggage::isTag).forEach(changed::remove);
            if (tags != null) {
                changed.put(Baggage.TAG, tags.text());
            }
            return context.with(changed.build());
        }
    }
}
