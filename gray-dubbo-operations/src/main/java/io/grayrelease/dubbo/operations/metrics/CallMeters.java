package io.grayrelease.dubbo.operations.metrics;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;

/** What is counted and timed of the calls of one kind. Thread-safe. */
final class CallMeters {
    private static final Duration[] BUCKETS = {
        Duration.ofMillis(5), Duration.ofMillis(10), Duration.ofMillis(25), Duration.ofMillis(50),
        Duration.ofMillis(100), Duration.ofMillis(250), Duration.ofMillis(500), Duration.ofSeconds(1),
        Duration.ofMillis(2_500), Duration.ofSeconds(5), Duration.ofSeconds(10)
    };

    private final LongAdder calls = new LongAdder();
    private final LongAdder failures = new LongAdder();
    private final Timer duration;

    CallMeters(CallKey key, Meters meters) {
        Tags tags = Tags.of("application", key.application(), "service", key.service())
                .and("tag", key.tag(), "version", key.version(), "outcome", key.outcome());
        meters.add(FunctionCounter.builder("gray.calls", calls, LongAdder::sum)
                .description("calls by the version that they went to")
                .tags(tags)::register);
        meters.add(FunctionCounter.builder("gray.call.failures", failures, LongAdder::sum)
                .description("those of them that were answered with an exception, or not at all")
                .tags(tags)::register);
        duration = meters.addToOne(Timer.builder("gray.call.duration")
                .description("how long providers took, as their caller sees it")
                .serviceLevelObjectives(BUCKETS)
                .tags(tags)::register);
    }

    void called() {
        calls.increment();
    }

    void ended(boolean failed, long nanos) {
        if (failed) {
            failures.increment();
        }
        duration.record(nanos, TimeUnit.NANOSECONDS);
    }
}
