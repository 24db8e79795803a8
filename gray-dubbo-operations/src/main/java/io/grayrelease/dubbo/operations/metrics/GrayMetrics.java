package io.grayrelease.dubbo.operations.metrics;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;

import org.apache.dubbo.common.resource.Disposable;
import org.apache.dubbo.rpc.model.ApplicationModel;
import org.jspecify.annotations.Nullable;

import io.grayrelease.dubbo.context.GrayApplication;
import io.grayrelease.dubbo.context.RouteOutcome;
import io.grayrelease.policy.decide.Decision;
import io.grayrelease.policy.source.PolicyInForce;
import io.grayrelease.policy.source.PolicyStatus;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;

/**
 * The metrics of one application. It counts by itself, and every registry reads the same numbers: where Dubbo's registry
 * and the global one lead to the same monitoring system, nothing counts twice. Thread-safe.
 */
public final class GrayMetrics implements Disposable {
    private final String application;
    private final List<MeterRegistry> registries;
    private final List<Runnable> removals = new CopyOnWriteArrayList<>();
    private final Counts<CallKey> calls = new Counts<>(CallKey::folded, this::show);
    private final Counts<String> decisions = new Counts<>(rule -> Counts.OTHER, this::show);
    private final LongAdder accepted = new LongAdder();
    private final LongAdder rejected = new LongAdder();
    private PolicyStatus seen = PolicyStatus.NOTHING;

    private GrayMetrics(String application, List<MeterRegistry> registries) {
        this.application = application;
        this.registries = registries;
    }

    /** The metrics of an application, made at the first call; null if the service has no Micrometer. */
    public static @Nullable GrayMetrics of(ApplicationModel model) {
        return Registries.exist()
                ? model.getBeanFactory().getOrRegisterBean(GrayMetrics.class, type -> create(model))
                : null;
    }

    private static GrayMetrics create(ApplicationModel model) {
        GrayApplication application = GrayApplication.of(model);
        return create(application, Registries.of(model), Clock.systemUTC());
    }

    static GrayMetrics create(GrayApplication application, List<MeterRegistry> registries, Clock clock) {
        GrayMetrics metrics = new GrayMetrics(application.name(), registries);
        metrics.show("gray.policy.accepted", "policies that came into force", metrics.accepted);
        metrics.show("gray.policy.rejected", "policies that were refused", metrics.rejected);
        metrics.showAge(application, clock);
        application.repository().listen(metrics::policyChanged);
        metrics.policyChanged(application.repository().status());
        application.onDecision(metrics::decided);
        return metrics;
    }

    /** Counts a call; the version is that of its provider, null if it has none or the call reached none. */
    void called(String service, RouteOutcome outcome, @Nullable String version) {
        calls.count(CallKey.of(service, outcome, version));
    }

    private void decided(Decision decision) {
        List<String> rules = decision.rules();
        if (rules.isEmpty()) {
            decisions.count("baseline"); // no rule can be called so
        }
        for (int i = 0; i < rules.size(); i++) {
            decisions.count(rules.get(i));
        }
    }

    @SuppressWarnings("ReferenceEquality") // accepting the same policy once more is a change, too
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

    private void show(CallKey key, LongAdder number) {
        show(FunctionCounter.builder("gray.calls", number, LongAdder::sum)
                .description("calls by the version that they went to")
                .tags("service", key.service(), "tag", key.tag())
                .tags("version", key.version(), "outcome", key.outcome())
                .tag("application", application)::register);
    }

    private void show(String rule, LongAdder number) {
        show(FunctionCounter.builder("gray.decisions", number, LongAdder::sum)
                .description("requests that a rule matched; baseline: none did")
                .tags("rule", rule, "application", application)::register);
    }

    private void show(String name, String description, LongAdder number) {
        show(FunctionCounter.builder(name, number, LongAdder::sum)
                .description(description)
                .tag("application", application)::register);
    }

    private void showAge(GrayApplication application, Clock clock) {
        show(TimeGauge.builder("gray.policy.age", application, TimeUnit.SECONDS, gray -> age(gray, clock))
                .description("time since the policy in force was accepted; none in force: NaN")
                .tag("application", this.application)::register);
    }

    private static double age(GrayApplication application, Clock clock) {
        PolicyInForce inForce = application.policy();
        return inForce == null
                ? Double.NaN
                : Duration.between(inForce.acceptedAt(), clock.instant()).toMillis() / 1_000.0;
    }

    private void show(Function<MeterRegistry, Meter> meter) {
        for (MeterRegistry registry : registries) {
            Meter registered = meter.apply(registry);
            removals.add(() -> registry.remove(registered));
        }
    }

    /** Takes the metrics out of the registries, which may outlive the application. */
    @Override
    public void destroy() {
        removals.forEach(Runnable::run);
        removals.clear();
    }
}
