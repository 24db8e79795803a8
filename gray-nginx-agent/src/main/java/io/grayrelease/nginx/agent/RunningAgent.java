package io.grayrelease.nginx.agent;

import java.io.IOException;
import java.time.Clock;
import java.util.function.Consumer;

import org.apache.curator.framework.CuratorFramework;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.grayrelease.nginx.drive.AgentLock;
import io.grayrelease.nginx.drive.DriveException;
import io.grayrelease.nginx.drive.NginxDriver;
import io.grayrelease.nginx.registry.ProviderWatch;
import io.grayrelease.policy.source.PolicyInForce;
import io.grayrelease.policy.source.PolicyRepository;
import io.grayrelease.policy.source.PolicySource;
import io.grayrelease.policy.source.SnapshotStore;

/** An agent with all that it is made of. */
final class RunningAgent implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RunningAgent.class);

    private final AgentLock lock;
    private final NginxDriver driver;
    private final PolicySource source;
    private final @Nullable CuratorFramework client;
    private final @Nullable ProviderWatch watch;
    private final @Nullable FleetNode node;
    private final Agent agent;

    private RunningAgent(AgentSettings settings, AgentLock lock, NginxDriver driver, Clock clock) {
        this.lock = lock;
        this.driver = driver;
        this.source = settings.source();
        this.client = settings.zookeeper() == null ? null : ZooKeeperClient.start(settings.zookeeper());
        AgentIdentity identity = AgentIdentity.of(settings, source.name(), clock.instant());
        PolicyRepository repository = PolicyRepository.of(
                SnapshotStore.in(settings.stateDir().resolve("policy"), source.name()), clock, driver::unsupported);
        this.watch = client == null || settings.watched().isEmpty()
                ? null
                : new ProviderWatch(
                        client,
                        settings.watched(),
                        settings.stateDir().resolve("servers.properties"),
                        settings.grace(),
                        this::serversChanged);
        ProviderWatch servers = watch;
        this.node = client == null ? null : new FleetNode(identity, client);
        this.agent = new Agent(
                settings,
                driver,
                repository,
                () -> Upstreams.of(settings.upstreams(), name -> servers == null ? null : servers.servers(name)),
                reports(settings, identity),
                clock);
        if (watch != null) {
            watch.start();
        }
        source.start(repository);
        sayActive(settings, identity, repository.current());
        agent.start();
    }

    /**
     * Starts one; waits for the first reading of the policy, if that does not take too long.
     *
     * @throws DriveException if Nginx cannot be driven as the settings want it
     * @throws IOException if the state directory cannot be written to, or has an agent
     */
    static RunningAgent start(AgentSettings settings, Drivers drivers, Clock clock) throws DriveException, IOException {
        AgentLock lock = AgentLock.take(settings.stateDir());
        try {
            ApolloProperties.set(settings);
            return new RunningAgent(settings, lock, drivers.open(settings), clock);
        } catch (DriveException | RuntimeException e) {
            lock.close();
            throw e;
        }
    }

    private void serversChanged() {
        agent.serversChanged();
    }

    private Consumer<AgentState> reports(AgentSettings settings, AgentIdentity identity) {
        StatusFile file = new StatusFile(identity, settings.stateDir());
        return node == null ? file : file.andThen(node);
    }

    private static void sayActive(AgentSettings settings, AgentIdentity agent, @Nullable PolicyInForce policy) {
        LOG.info(
                "gray: active, driver {}, nginx {}, policy {} from {}, upstreams {}, ZooKeeper {}",
                agent.driver(),
                agent.nginx(),
                policy == null ? "none" : policy.policy().hash(),
                agent.source(),
                String.join(
                        ", ",
                        settings.upstreams().stream()
                                .map(UpstreamSettings::name)
                                .toList()),
                settings.zookeeper() == null ? "none" : settings.zookeeper());
    }

    /** Nginx goes on with what it has. */
    @Override
    public void close() throws IOException {
        source.close();
        if (watch != null) {
            watch.close();
        }
        agent.close();
        driver.close();
        if (node != null) {
            node.close();
        }
        if (client != null) {
            client.close();
        }
        lock.close();
    }
}
