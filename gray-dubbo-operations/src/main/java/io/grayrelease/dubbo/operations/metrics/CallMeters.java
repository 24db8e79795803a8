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
    private final Timer answered;
    private final Timer failed;

    CallMeters(CallKey key, Meters meters) {
        Tags tags = Tags.of("application", key.application(), "service", key.service())
                .and("tag", key.tag(), "version", key.version(), "outcome", key.outcome());
        meters.add(FunctionCounter.builder("gray.calls", calls, LongAdder::sum)
                .description("calls by the version that they went to")
                .tags(tags)::register);
        answered = timer(tags.and("result", "answered"), meters);
        failed = timer(tags.and("result", "failed"), meters);
    }

    private static Timer timer(Tags tags, Meters meters) {
        return meters.addToOne(Timer.builder("gray.call.duration")
                .description("how long providers took, as their caller sees it")
                .serviceLevelObjectives(BUCKETS)
                .tags(tags)::register);
    }

    void called() {
        calls.increment();
    }

    void answered(long nanos) {
        answered.record(nanos, TimeUnit.NANOSECONDS);
    }

    void failed(long nanos) {
        failed.record(nanos, TimeUnit.NANOSECONDS);
    }
}
