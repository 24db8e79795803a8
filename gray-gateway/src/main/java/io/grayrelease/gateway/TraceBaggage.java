package io.grayrelease.gateway;

import org.jspecify.annotations.Nullable;

import io.grayrelease.policy.model.Baggage;
import io.grayrelease.policy.model.Tags;
import io.opentelemetry.api.baggage.BaggageBuilder;
import io.opentelemetry.context.Context;

/**
 * The baggage of OpenTelemetry, where the service has it: what it sends on with calls carries the tags too, through services that
 * lack our jars. It has read the request before us, so a forged member is taken away here as well. Thread-safe.
 */
public final class TraceBaggage {
    private static final boolean PRESENT = isPresent("io.opentelemetry.api.baggage.Baggage");
    private static final Scope NOTHING = () -> {};

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
            io.opentelemetry.api.baggage.Baggage current = io.opentelemetry.api.baggage.Baggage.current();
            if (tags == null && current.getEntryValue(Baggage.TAG) == null) {
                return NOTHING;
            }
            BaggageBuilder changed = current.toBuilder();
            if (tags == null) {
                changed.remove(Baggage.TAG);
            } else {
                changed.put(Baggage.TAG, tags.text());
            }
            return Context.current().with(changed.build()).makeCurrent()::close;
        }
    }
}
