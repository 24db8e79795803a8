package io.grayrelease.nginx.registry;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

import org.apache.curator.framework.CuratorFramework;
import org.apache.curator.framework.recipes.watch.PersistentWatcher;
import org.apache.curator.framework.state.ConnectionState;
import org.apache.curator.framework.state.ConnectionStateListener;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.grayrelease.nginx.model.Server;
import io.grayrelease.zookeeper.providers.Endpoints;
import io.grayrelease.zookeeper.providers.RegisteredInstance;

/**
 * Follows the servers of upstreams in ZooKeeper, from both of Dubbo's layouts. While ZooKeeper is away, those last known stay; for
 * how little is believed after, see {@link Belief}. One daemon thread reads; {@link #servers} may be asked from any.
 */
public final class ProviderWatch implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ProviderWatch.class);

    /** A start of one process changes several nodes. */
    private static final long COALESCE_MILLIS = 100;

    /** Watches do not get lost, but nothing is lost by not relying on it. */
    private static final long PERIOD_MILLIS = 30_000;

    private final CuratorFramework client;
    private final List<WatchedUpstream> upstreams;
    private final Duration grace;
    private final Runnable changed;
    private final ServersFile file;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(ProviderWatch::daemon);
    private final AtomicBoolean asked = new AtomicBoolean();
    private final Map<WatchedUpstream, Belief> beliefs = new LinkedHashMap<>();
    private final Map<WatchedUpstream, HttpServers> http = new LinkedHashMap<>();
    private final Map<String, Set<Server>> current = new ConcurrentHashMap<>();
    private final List<PersistentWatcher> watchers;
    private final ConnectionStateListener states = (any, state) -> connection(state);
    /** How often ZooKeeper went away. A reading that was under way may end before anybody is told that it is back. */
    private final AtomicInteger outages = new AtomicInteger();

    private int noticedOutages = -1;
    private long reachedAt;

    /**
     * Begins with what was known when the process ended.
     *
     * @param client started, and closed by others
     * @param file where the servers last known are kept
     * @param grace how long ZooKeeper must be there before the loss of more than half of an upstream's servers is believed
     * @param changed told of every change, on the reading thread
     */
    public ProviderWatch(
            CuratorFramework client, List<WatchedUpstream> upstreams, Path file, Duration grace, Runnable changed) {
        this.client = client;
        this.upstreams = List.copyOf(upstreams);
        this.grace = grace;
        this.changed = changed;
        this.file = new ServersFile(file);
        for (WatchedUpstream upstream : upstreams) {
            Set<Server> known = this.file.load(upstream);
            beliefs.put(upstream, new Belief(known));
            http.put(upstream, new HttpServers(upstream));
            publish(upstream, known);
        }
        this.watchers = paths(upstreams).stream()
                .map(path -> new PersistentWatcher(client, path, true))
                .toList();
    }

    private static Thread daemon(Runnable task) {
        Thread thread = new Thread(task, "gray-nginx-servers");
        thread.setDaemon(true);
        return thread;
    }

    /** Where no interface is given, an application's providers may be below any. */
    private static Set<String> paths(Collection<WatchedUpstream> upstreams) {
        Set<String> paths = new TreeSet<>();
        for (WatchedUpstream upstream : upstreams) {
            String service = upstream.target().service();
            paths.add(RegisteredInstance.ROOT + "/" + upstream.target().application());
            paths.add(service == null ? Endpoints.INTERFACES : Endpoints.providersOf(service));
        }
        return paths;
    }

    /**
     * The servers that an upstream has right now.
     *
     * @throws Exception what Curator says, if ZooKeeper cannot be asked
     */
    public static Set<Server> read(CuratorFramework client, WatchedUpstream upstream) throws Exception {
        return new HttpServers(upstream)
                .of(Endpoints.read(
                                client,
                                upstream.target().application(),
                                upstream.target().service())
                        .all());
    }

    /** Follows from now on. Does not wait. */
    public ProviderWatch start() {
        client.getConnectionStateListenable().addListener(states);
        for (PersistentWatcher watcher : watchers) {
            watcher.getListenable().addListener(event -> ask(COALESCE_MILLIS));
            watcher.getResetListenable().addListener(() -> ask(COALESCE_MILLIS)); // what changed before it was there
            watcher.start();
        }
        ask(0);
        Future<?> unused =
                thread.scheduleWithFixedDelay(() -> ask(0), PERIOD_MILLIS, PERIOD_MILLIS, TimeUnit.MILLISECONDS);
        return this;
    }

    /** The servers of an upstream; null if they are not known yet. */
    public @Nullable Set<Server> servers(String upstream) {
        return current.get(upstream);
    }

    private void connection(ConnectionState state) {
        if (state.isConnected()) {
            ask(COALESCE_MILLIS);
        } else if (state == ConnectionState.SUSPENDED || state == ConnectionState.LOST) {
            outages.incrementAndGet();
            LOG.warn("gray: ZooKeeper is away ({}), the servers last known stay", state);
        }
    }

    /** Whether ZooKeeper, which has just answered, was away before and there only for a short time now. */
    private boolean isEarly() {
        int now = outages.get();
        if (now != noticedOutages) {
            noticedOutages = now;
            reachedAt = System.nanoTime();
            beliefs.values().forEach(Belief::connected);
            ask(grace.toMillis() + COALESCE_MILLIS);
        }
        return System.nanoTime() - reachedAt < grace.toNanos();
    }

    /** Reads after a while; what happens until then is read with it. */
    private void ask(long millis) {
        if (millis > COALESCE_MILLIS) {
            submit(this::read, millis);
        } else if (asked.compareAndSet(false, true)) {
            submit(this::read, millis);
        }
    }

    private void submit(Runnable task, long millis) {
        try {
            Future<?> unused = thread.schedule(() -> guarded(task), millis, TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            LOG.debug("gray: closed, nothing is followed any more", e);
        }
    }

    private static void guarded(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException e) {
            LOG.error("gray: a fault of gray itself while it read the servers, those last known stay", e);
        }
    }

    private void read() {
        asked.set(false);
        boolean anyChanged = false;
        for (WatchedUpstream upstream : upstreams) {
            anyChanged |= read(upstream);
        }
        if (anyChanged) {
            file.save(known());
            changed.run();
        }
    }

    private boolean read(WatchedUpstream upstream) {
        Belief belief = belief(upstream);
        try {
            Endpoints endpoints = Endpoints.read(
                    client, upstream.target().application(), upstream.target().service());
            Set<Server> found = servers(upstream, endpoints);
            if (!belief.sees(found, isEarly())) {
                LOG.warn(
                        "gray: ZooKeeper was reached a moment ago and has {} servers of {}; those known before stay for {} s",
                        found.size(),
                        upstream.target().name(),
                        grace.toSeconds());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } catch (Exception e) {
            LOG.debug("gray: the servers of {} cannot be read, those last known stay", upstream, e);
            return false;
        }
        return publish(upstream, belief.servers());
    }

    private Belief belief(WatchedUpstream upstream) {
        return beliefs.computeIfAbsent(upstream, any -> new Belief(null));
    }

    private Set<Server> servers(WatchedUpstream upstream, Endpoints endpoints) {
        if (!endpoints.unreadable().isEmpty()) {
            LOG.debug("gray: not readable: {}", endpoints.unreadable());
        }
        return http.computeIfAbsent(upstream, HttpServers::new).of(endpoints.all());
    }

    private boolean publish(WatchedUpstream upstream, @Nullable Set<Server> servers) {
        if (servers == null || servers.equals(current.put(upstream.target().name(), servers))) {
            return false;
        }
        LOG.info("gray: servers of {}: {}", upstream.target().name(), servers.isEmpty() ? "none" : text(servers));
        return true;
    }

    private static String text(Set<Server> servers) {
        return servers.stream()
                .map(server -> server.address() + (server.version() == null ? "" : "@" + server.version()))
                .sorted()
                .collect(Collectors.joining(", "));
    }

    private Map<WatchedUpstream, Set<Server>> known() {
        Map<WatchedUpstream, Set<Server>> known = new LinkedHashMap<>();
        for (WatchedUpstream upstream : upstreams) {
            Set<Server> servers = servers(upstream.target().name());
            if (servers != null) {
                known.put(upstream, servers);
            }
        }
        return known;
    }

    @Override
    public void close() {
        client.getConnectionStateListenable().removeListener(states);
        thread.shutdownNow();
        watchers.forEach(PersistentWatcher::close);
    }
}
