package io.grayrelease.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Clock;
import java.time.Duration;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

import com.ctrip.framework.apollo.Config;
import com.ctrip.framework.apollo.ConfigService;
import com.ctrip.framework.apollo.internals.RepositoryChangeListener;

import io.grayrelease.demo.servers.ApolloEndpoint;
import io.grayrelease.policy.model.Snapshot;
import io.grayrelease.policy.source.PolicyInForce;
import io.grayrelease.policy.source.PolicyRepository;
import io.grayrelease.policy.source.apollo.ApolloPolicySource;

/**
 * From a release in the hands of apollo-client to its effect, while requests are being decided. One user of every second
 * release differs, as when an operator edits one key.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class EffectBenchmark {
    private static final String NAMESPACE = "gray-policy";
    private static final long STEP_NANOS = 50_000;
    private static final long PAUSE_MILLIS = 100;

    /** A real apollo-client that has the namespace. */
    @State(Scope.Benchmark)
    public static class Apollo {
        @Param("10000")
        int keys;

        private final AtomicInteger deliveries = new AtomicInteger();
        private final Snapshot[] releases = new Snapshot[2];
        private final Properties[] loaded = new Properties[2];
        private ApolloEndpoint endpoint;
        private RepositoryChangeListener client;
        private int release;

        @Setup
        public void start() throws IOException {
            releases[0] = Policies.namespace(keys);
            releases[1] = releases[0].with("gray.list.testers", "1001, 1003");
            for (int i = 0; i < releases.length; i++) {
                loaded[i] = new Properties();
                loaded[i].putAll(releases[i].values());
            }
            endpoint = ApolloEndpoint.start(0, Duration.ofMinutes(1));
            endpoint.publish(NAMESPACE, releases[0].values());
            System.setProperty("app.id", "gray-bench");
            System.setProperty("apollo.meta", endpoint.url());
            System.setProperty(
                    "apollo.cache-dir", Files.createTempDirectory("gray-bench").toString());
            Config config = ConfigService.getConfig(NAMESPACE);
            config.addChangeListener(event -> deliveries.incrementAndGet());
            client = (RepositoryChangeListener) config;
        }

        @TearDown
        public void stop() {
            endpoint.close();
        }

        /** An operator looks before publishing again, and services then have time to tell of a policy what can wait. */
        @Setup(Level.Invocation)
        public void pause() throws InterruptedException {
            Thread.sleep(PAUSE_MILLIS);
        }

        /** Hands the other release to apollo-client, as its own thread does when it has loaded one. */
        Snapshot publish() {
            release = 1 - release;
            client.onRepositoryChange(NAMESPACE, loaded[release]);
            return releases[release];
        }
    }

    /** A repository that follows, and a thread that decides all the while. */
    @State(Scope.Benchmark)
    public static class Service {
        private final PolicyRepository repository = PolicyRepository.inMemory(Clock.systemUTC());
        private final ApolloPolicySource source = ApolloPolicySource.of(NAMESPACE);
        private final Thread requests = new Thread(this::decide, "requests");
        private volatile boolean ended;

        @Setup
        public void start(Apollo apollo) {
            source.start(repository);
            requests.start();
        }

        @TearDown
        public void stop() throws InterruptedException {
            ended = true;
            requests.join();
            source.close();
        }

        private void decide() {
            while (!ended) {
                PolicyInForce inForce = repository.current();
                if (inForce != null) {
                    inForce.evaluator().decide(value -> Policies.NO_USER);
                }
            }
        }

        boolean has(Snapshot policy) {
            PolicyInForce inForce = repository.current();
            return inForce != null && inForce.policy().hash().equals(policy.hash());
        }
    }

    /** Until apollo-client has told a listener that does nothing: what it needs itself. */
    @Benchmark
    public void delivered(Apollo apollo) {
        int before = apollo.deliveries.get();
        apollo.publish();
        await(() -> apollo.deliveries.get() > before);
    }

    /** Until the next request is decided by the new policy. */
    @Benchmark
    public void inForce(Apollo apollo, Service service) {
        Snapshot published = apollo.publish();
        await(() -> service.has(published));
    }

    /** Leaves the processor to those who work. */
    private static void await(BooleanSupplier condition) {
        while (!condition.getAsBoolean()) {
            LockSupport.parkNanos(STEP_NANOS);
        }
    }
}
