package io.grayrelease.it;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

import org.apache.curator.test.TestingServer;
import org.apache.dubbo.config.ReferenceConfig;
import org.apache.dubbo.rpc.RpcContext;
import org.apache.dubbo.rpc.RpcException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Metrics;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

/** What a chain's registry shows of it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MetricsTest {
    private static final String ROUTE = Chain.STOCK + ":5.0.0";

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private TestingServer zooKeeper;
    private Chain chain;

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        Metrics.addRegistry(registry);
        zooKeeper = new TestingServer(true);
        chain = new Chain(zooKeeper.getConnectString(), folder, "all", "dubbo");
        chain.write("switch", "on");
        chain.stock("1.0.0").order("1.0.0").order("2.0.0").consumer();
        chain.awaitPaths(paths -> paths.size() == 2);
    }

    @AfterAll
    void stop() throws Exception {
        chain.close();
        zooKeeper.close();
        Metrics.removeRegistry(registry);
    }

    @Test
    void callsAreCountedByTagVersionAndOutcome() {
        chain.policy("rule.1-a", "uid == 7 => T", "route.T", Chain.ORDER + ":2.0.0, " + Chain.STOCK + ":5.0.0");
        double hits = calls("consumer-app", "T", "2.0.0", "hit");
        double baseline = calls("consumer-app", "baseline", "1.0.0", "baseline");
        double fallbacks = calls("order-app", Chain.STOCK, "T", "1.0.0", "fallback");

        chain.paths(3, "uid", "7");
        chain.paths(2);

        assertThat(calls("consumer-app", "T", "2.0.0", "hit") - hits).isEqualTo(3);
        assertThat(calls("consumer-app", "baseline", "1.0.0", "baseline") - baseline)
                .isEqualTo(2);
        assertThat(calls("order-app", Chain.STOCK, "T", "1.0.0", "fallback") - fallbacks)
                .isGreaterThanOrEqualTo(3);
    }

    @Test
    void durationsAndFailuresAreThoseOfTheVersion() {
        chain.policy("rule.1-a", "uid == 7 => T", "route.T", Chain.ORDER + ":2.0.0 ; fallback=strict");
        chain.paths(3, "uid", "7");
        long before = duration("T", "2.0.0").count();
        double failed = failures("T", "2.0.0");

        chain.paths(2, "uid", "7");
        assertThatThrownBy(() -> chain.call("fail", "uid", "7")).hasMessageContaining("asked to fail");

        assertThat(duration("T", "2.0.0").count() - before).isEqualTo(3);
        assertThat(duration("T", "2.0.0").totalTime(TimeUnit.SECONDS)).isPositive();
        assertThat(failures("T", "2.0.0") - failed).isEqualTo(1);
    }

    @Test
    void withoutABaselineProvider_theVersionThatServesIsCounted() {
        chain.policy("baseline", Chain.ORDER + ":5.0.0");
        double one = calls("consumer-app", "baseline", "1.0.0", "fail_open");
        double two = calls("consumer-app", "baseline", "2.0.0", "fail_open");

        chain.paths(4);

        assertThat(calls("consumer-app", "baseline", "1.0.0", "fail_open")
                        - one
                        + calls("consumer-app", "baseline", "2.0.0", "fail_open")
                        - two)
                .isEqualTo(4);
    }

    @Test
    void rejectedCallsReachNoVersion() {
        chain.policy("rule.1-a", "uid == 7 => T", "route.T", Chain.ORDER + ":5.0.0 ; fallback=strict");
        double before = calls("consumer-app", "T", "none", "rejected");

        assertThatThrownBy(() -> chain.path("uid", "7")).hasMessageContaining("strict");

        assertThat(calls("consumer-app", "T", "none", "rejected") - before).isEqualTo(1);
    }

    @Test
    void decisionsAreCountedByRule() {
        chain.policy("rule.1-a", "uid == 7 => T", "rule.2-b", "uid in (7, 8) => U", "route.T", ROUTE, "route.U", ROUTE);
        double one = decisions("a");
        double both = decisions("b");
        double none = decisions("baseline");

        chain.path("uid", "7");
        chain.path("uid", "8");
        chain.path("uid", "9");

        assertThat(decisions("a") - one).isEqualTo(1);
        assertThat(decisions("b") - both).isEqualTo(2);
        assertThat(decisions("baseline") - none).isEqualTo(1);
    }

    @Test
    void policiesAreCounted() {
        chain.policy("rule.1-a", "uid == 70 => T", "route.T", ROUTE);
        double accepted = policies("gray.policy.accepted");
        double rejected = policies("gray.policy.rejected");

        chain.policy("rule.1-a", "uid == 71 => T", "route.T", ROUTE);
        assertThat(policies("gray.policy.accepted") - accepted).isEqualTo(1);
        assertThat(registry.get("gray.policy.age")
                        .tag("application", "consumer-app")
                        .timeGauge()
                        .value())
                .isBetween(0.0, 60.0);

        chain.write("rule.1-a", "uid = 71 => T", "route.T", ROUTE);
        await().untilAsserted(() ->
                assertThat(policies("gray.policy.rejected") - rejected).isEqualTo(1));
        assertThat(policies("gray.policy.accepted") - accepted).isEqualTo(1);
    }

    @Test
    void callsByAGenericReference_countForTheServiceTheyCall() {
        chain.policy("switch", "on");
        double before = calls("consumer-app", "baseline", "1.0.0", "baseline")
                + calls("consumer-app", "baseline", "2.0.0", "baseline");

        chain.genericOrder().$invoke("order", new String[] {"java.lang.String"}, new Object[] {"once"});

        assertThat(calls("consumer-app", "baseline", "1.0.0", "baseline")
                        + calls("consumer-app", "baseline", "2.0.0", "baseline")
                        - before)
                .isEqualTo(1);
    }

    @Test
    void aRegistryThatThrows_failsNoCall() {
        chain.policy("rule.1-a", "uid == 7 => T", "route.T", Chain.ORDER + ":2.0.0");
        App app = chain.app("unlucky-app");
        ReferenceConfig<Order> order = app.refers(Order.class);
        app.start();
        registry.config().meterFilter(new MeterFilter() {
            @Override
            public Meter.Id map(Meter.Id id) {
                if ("unlucky-app".equals(id.getTag("application"))) {
                    throw new IllegalArgumentException("a registry's own fault");
                }
                return id;
            }
        });
        try {
            for (String uid : List.of("7", "8", "7")) {
                await().ignoreExceptionsInstanceOf(RpcException.class)
                        .untilAsserted(
                                () -> { // until addresses are there
                                    RpcContext.getClientAttachment().setAttachment("uid", uid);
                                    assertThat(Hop.values(order.get().order("once"), "tag"))
                                            .containsOnly(uid.equals("7") ? "T" : "-");
                                });
            }
        } finally {
            app.close();
        }
    }

    @Test
    void anApplicationThatStopsTakesItsMetricsAlong() {
        App passing = chain.app("passing-app");
        passing.refers(Stock.class);
        passing.start();
        assertThat(registry.find("gray.policy.age")
                        .tag("application", "passing-app")
                        .meter())
                .isNotNull();

        passing.close();

        assertThat(registry.getMeters()).extracting(Meter::getId).noneMatch(id -> "passing-app"
                .equals(id.getTag("application")));
    }

    private double calls(String application, String tag, String version, String outcome) {
        return calls(application, Chain.ORDER, tag, version, outcome);
    }

    private double calls(String application, String service, String tag, String version, String outcome) {
        return value(registry.find("gray.calls")
                .tags("application", application, "service", service)
                .tags("tag", tag, "version", version, "outcome", outcome)
                .functionCounter());
    }

    private Timer duration(String tag, String version) {
        return registry.get("gray.call.duration")
                .tags("application", "consumer-app", "service", Chain.ORDER, "tag", tag, "version", version)
                .timer();
    }

    private double failures(String tag, String version) {
        return registry.get("gray.call.failures")
                .tags("application", "consumer-app", "service", Chain.ORDER, "tag", tag, "version", version)
                .functionCounter()
                .count();
    }

    private double decisions(String rule) {
        return value(registry.find("gray.decisions")
                .tags("application", "consumer-app", "rule", rule)
                .functionCounter());
    }

    private double policies(String name) {
        return value(registry.find(name).tag("application", "consumer-app").functionCounter());
    }

    private static double value(FunctionCounter counter) {
        return counter == null ? 0 : counter.count();
    }
}
