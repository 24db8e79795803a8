package io.grayrelease.nginx.agent;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.grayrelease.nginx.drive.Applied;
import io.grayrelease.nginx.drive.DriveException;
import io.grayrelease.nginx.drive.NginxDriver;
import io.grayrelease.nginx.model.EdgeModel;
import io.grayrelease.nginx.model.HttpSources;
import io.grayrelease.nginx.model.ServiceUpstream;
import io.grayrelease.policy.model.GrayPolicy;
import io.grayrelease.policy.source.PolicyInForce;
import io.grayrelease.policy.source.PolicyRepository;
import io.grayrelease.policy.source.PolicyStatus;

/**
 * Keeps one Nginx on the policy in force and on the servers that are alive. One thread asks the driver for it, whenever something
 * has changed, and from time to time, for somebody may have changed Nginx.
 */
final class Agent implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Agent.class);

    /** What a driver may take to end what it is at. */
    private static final Duration PATIENCE = Duration.ofSeconds(40);

    /** Between two looks at what a killed Nginx may have left behind: one that starts tries for 2.5 s. */
    private static final Duration LOOK = Duration.ofMillis(500);

    private final HttpSources sources;
    private final Supplier<Upstreams> servers;
    private final NginxDriver driver;
    private final PolicyRepository repository;
    private final Consumer<AgentState> report;
    private final Clock clock;
    private final Schedule schedule;
    private final Thread thread = new Thread(this::run, "gray-nginx-agent");
    private final Map<String, Instant> accepted = new HashMap<>();
    private @Nullable Applied applied;
    private @Nullable String error;
    private @Nullable Instant errorSince;
    private List<ServiceUpstream> upstreams = List.of();
    private volatile boolean closed;

    /**
     * An agent that does not work yet.
     *
     * @param driver closed by others
     * @param servers those of the moment
     * @param report told after every turn, on the agent's thread
     */
    Agent(
            AgentSettings settings,
            NginxDriver driver,
            PolicyRepository repository,
            Supplier<Upstreams> servers,
            Consumer<AgentState> report,
            Clock clock) {
        this.sources = settings.sources();
        this.driver = driver;
        this.repository = repository;
        this.servers = servers;
        this.report = report;
        this.clock = clock;
        this.schedule = new Schedule(settings.quiet(), settings.gap());
    }

    Agent start() {
        repository.listen(status -> policyChanged());
        thread.start();
        return this;
    }

    private void policyChanged() {
        synchronized (schedule) {
            schedule.urgent();
            schedule.notifyAll();
        }
    }

    /** The servers may be others than before. From any thread; does not wait. */
    void serversChanged() {
        synchronized (schedule) {
            schedule.serversChanged(System.nanoTime());
            schedule.notifyAll();
        }
    }

    private void run() {
        try {
            recover();
            while (!closed) {
                if (isDue()) {
                    turn();
                } else {
                    removeStaleSockets();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Waits for the next turn, but not for long; whether it has come. */
    private boolean isDue() throws InterruptedException {
        long end = System.nanoTime() + LOOK.toNanos();
        synchronized (schedule) {
            long nanos = schedule.untilDue(System.nanoTime());
            long left = LOOK.toNanos();
            while (!closed && nanos > 0 && left > 0) {
                TimeUnit.NANOSECONDS.timedWait(schedule, Math.min(nanos, left));
                nanos = schedule.untilDue(System.nanoTime());
                left = end - System.nanoTime();
            }
            boolean due = !closed && nanos <= 0;
            if (due) {
                schedule.begin();
            }
            return due;
        }
    }

    /** An Nginx that was killed and starts again gives up before the next turn. */
    private void removeStaleSockets() {
        try {
            driver.removeStaleSockets();
        } catch (RuntimeException e) {
            failed(e);
        }
    }

    private void recover() {
        try {
            applied = driver.recover();
            if (applied.served()) {
                LOG.info("gray: nginx runs on revision {}, policy {}", applied.revision(), applied.policy());
            }
        } catch (DriveException | RuntimeException e) {
            failed(e);
        }
    }

    private void turn() {
        PolicyStatus status = repository.status();
        Instant now = clock.instant();
        boolean fine = false;
        boolean changed = false;
        try {
            Applied before = applied;
            applied = apply(status.inForce());
            changed = before == null || before.revision() != applied.revision();
            fine = true;
            if (applied.served()) {
                succeeded(changed);
            } else {
                awaits("it does not run; it will serve revision " + applied.revision() + " when it starts");
            }
        } catch (DriveException | RuntimeException e) {
            failed(e);
        }
        synchronized (schedule) {
            scheduleNext(fine, changed, edge(status.inForce(), now));
        }
        tell(status);
    }

    private Applied apply(@Nullable PolicyInForce inForce) throws DriveException {
        GrayPolicy policy = inForce == null ? null : inForce.policy();
        if (inForce != null) {
            accepted.put(inForce.policy().hash(), inForce.acceptedAt());
        }
        Upstreams alive = servers.get();
        upstreams = alive.chosen(policy);
        if (!alive.unknown().isEmpty()) {
            throw new DriveException("ZooKeeper has not answered yet, the servers of "
                    + String.join(", ", alive.unknown()) + " are not known; nginx stays as it is");
        }
        Applied before = applied;
        if (policy == null && before != null && before.policy() != null) {
            throw new DriveException(
                    "no policy is known that nginx can be told; it stays on policy " + before.policy());
        }
        return driver.apply(new EdgeModel(policy, sources, upstreams));
    }

    private void succeeded(boolean changed) {
        if (error != null) {
            LOG.info("gray: nginx does what it is to do again");
        }
        error = null;
        errorSince = null;
        Applied now = applied;
        if (changed && now != null) {
            LOG.info(
                    "gray: nginx runs on revision {}: policy {}, {}",
                    now.revision(),
                    now.policy() == null ? "none" : now.policy(),
                    UpstreamText.of(upstreams));
        }
    }

    private void failed(Exception e) {
        String message = e instanceof DriveException && e.getMessage() != null ? e.getMessage() : e.toString();
        if (!message.equals(error)) {
            LOG.error("gray: nginx does not do what it is to do: {}", message);
            LOG.debug("gray: more of that", e);
        }
        awaits(message);
    }

    private void awaits(String message) {
        errorSince = error == null ? clock.instant() : errorSince;
        error = message;
    }

    private @Nullable Duration edge(@Nullable PolicyInForce inForce, Instant turn) {
        Instant edge = inForce == null ? null : WindowEdges.after(turn, inForce.policy());
        return edge == null ? null : Duration.between(clock.instant(), edge);
    }

    private void scheduleNext(boolean fine, boolean changed, @Nullable Duration edge) {
        long now = System.nanoTime();
        if (fine && applied != null && !applied.served()) {
            schedule.idle(now);
        } else if (fine) {
            schedule.succeeded(now, changed);
        } else {
            schedule.failed(now);
        }
        if (edge != null && edge.compareTo(Duration.ofDays(1)) < 0) { // before that, it is looked at again anyway
            schedule.edge(now + edge.toNanos());
        }
    }

    private void tell(PolicyStatus status) {
        Applied now = applied;
        String hash = now == null ? null : now.policy();
        PolicyInForce inForce = status.inForce();
        accepted.keySet()
                .removeIf(known -> !known.equals(hash)
                        && (inForce == null || !known.equals(inForce.policy().hash())));
        Instant acceptedAt = now == null || hash == null ? null : accepted.getOrDefault(hash, now.at());
        try {
            report.accept(new AgentState(status, now, acceptedAt, error, errorSince, driver.warnings(), upstreams));
        } catch (RuntimeException e) {
            LOG.error("gray: a fault of gray itself while it told how far nginx is", e);
        }
    }

    /** Ends the turn that is under way. */
    @Override
    public void close() {
        closed = true;
        synchronized (schedule) {
            schedule.notifyAll();
        }
        try {
            thread.join(PATIENCE.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (thread.isAlive()) {
            thread.interrupt();
        }
    }
}
