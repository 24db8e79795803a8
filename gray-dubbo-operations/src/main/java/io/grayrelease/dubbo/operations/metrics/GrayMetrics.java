package io.grayrelease.dubbo.operations.metrics;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;

import org.apache.dubbo.common.resource.Disposable;
import org.apache.dubbo.rpc.model.ApplicationModel;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.grayrelease.dubbo.context.GrayApplication;
import io.grayrelease.dubbo.context.RouteOutcome;
import io.grayrelease.policy.decide.Decision;
import io.grayrelease.policy.source.PolicyInForce;
import io.grayrelease.policy.source.PolicyStatus;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;

/**
 * The metrics of one application: of its calls, its decisions and its policy. What a registry throws (it may know a name with
 * other labels, or be too old) ends the counting, is said once, and never reaches a call. Thread-safe.
 */
public final class GrayMetrics implements Disposable {
    /** Of requests that no rule matched; no rule can be called so. */
    private static final String NO_RULE = "baseline";

    private static final Logger LOG = LoggerFactory.getLogger(GrayMetrics.class);

    private final String application;
    private final Meters meters;
    private final Series<CallKey, CallMeters> calls;
    private final Series<String, LongAdder> decisions;
    private final LongAdder accepted;
    private final LongAdder rejected;
    private volatile boolean broken;
    private PolicyStatus seen = PolicyStatus.NOTHING;

    private GrayMetrics(String application, List<CompositeMeterRegistry> registries) {
        this.application = application;
        this.meters = new Meters(registries);
        this.calls = new Series<>(CallKey::folded, key -> new CallMeters(key, meters));
        this.decisions = new Series<>(
                rule -> Series.OTHER,
                rule -> counter("gray.decisions", "requests that a rule matched; baseline: none did", "rule", rule));
        this.accepted = counter("gray.policy.accepted", "policies that came into force");
        this.rejected = counter("gray.policy.rejected", "policies that were refused");
    }

    /** The metrics of an application, made at the first call. */
    static GrayMetrics of(ApplicationModel model) {
        return model.getBeanFactory().getOrRegisterBean(GrayMetrics.class, type -> create(model));
    }

    private static GrayMetrics create(ApplicationModel model) {
        GrayApplication application = GrayApplication.of(model);
        GrayMetrics metrics = new GrayMetrics(application.name(), Registries.of(model));
        metrics.showAge(application, Clock.systemUTC());
        application.repository().listen(metrics::policyChanged);
        metrics.policyChanged(application.repository().status());
        application.onDecision(metrics::decided);
        return metrics;
    }

    /** The meters of a call; the version is that of its provider, null if it has none or the call reaches none. */
    CallMeters of(String service, RouteOutcome outcome, @Nullable String version) {
        return calls.of(CallKey.of(application, service, outcome, version));
    }

    /** The result of some counting, or null where that fails, or has failed before. */
    <T> @Nullable T guarded(Supplier<@Nullable T> counting) {
        if (broken) {
            return null;
        }
        try {
            return counting.get();
        } catch (RuntimeException | LinkageError e) {
            broken = true;
            LOG.warn("gray: calls are not counted any more; they go on", e);
            return null;
        }
    }

    private void decided(Decision decision) {
        guarded(() -> {
            count(decision.rules());
            return null;
        });
    }

    private void count(List<String> rules) {
        if (rules.isEmpty()) {
            decisions.of(NO_RULE).increment();
        }
        for (int i = 0; i < rules.size(); i++) {
            decisions.of(rules.get(i)).increment();
        }
    }

    @SuppressWarnings("ReferenceEquality") // accepting an equal policy again is a change, too
    private synchronized void policyChanged(PolicyStatus now) {
        PolicyStatus before = seen;
        seen = now;
        if (now.inForce() != null && now.inForce() != before.inForce()) {
            accepted.increment();
        }
        if (now.rejection() != null && now.rejection() != before.rejection()) {
            rejected.increment();
        }
    }

    private LongAdder counter(String name, String description, String... tags) {
        LongAdder number = new LongAdder();
        meters.add(FunctionCounter.builder(name, number, LongAdder::sum)
                .description(description)
                .tags(tags)
                .tag("application", application)::register);
        return number;
    }

    private void showAge(GrayApplication gray, Clock clock) {
        meters.add(TimeGauge.builder("gray.policy.age", gray, TimeUnit.SECONDS, of -> age(of, clock))
                .description("time since the policy in force was accepted; NaN: none is in force")
                .tag("application", application)::register);
    }

    private static double age(GrayApplication application, Clock clock) {
        PolicyInForce inForce = application.policy();
        return inForce == null
                ? Double.NaN
                : Duration.between(inForce.acceptedAt(), clock.instant()).toMillis() / 1_000.0;
    }

    /** Takes the metrics out of the registries, which may outlive the application. */
    @Override
    public void destroy() {
        meters.removeAll();
    }
}
