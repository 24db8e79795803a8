package io.grayrelease.cli.fleet;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.apache.curator.framework.CuratorFramework;
import org.apache.curator.framework.CuratorFrameworkFactory;
import org.apache.curator.retry.RetryOneTime;
import org.apache.curator.test.TestingServer;

import io.grayrelease.zookeeper.Instance;
import io.grayrelease.zookeeper.InstanceNode;
import io.grayrelease.zookeeper.Instances;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** A real ZooKeeper, with processes and providers in it. */
public final class FleetServer implements AutoCloseable {
    private final TestingServer server;
    private final CuratorFramework client;
    private final Map<String, InstanceNode> nodes = new HashMap<>();
    private final Map<String, Instance> instances = new HashMap<>();

    private FleetServer(TestingServer server) {
        this.server = server;
        this.client = CuratorFrameworkFactory.newClient(server.getConnectString(), new RetryOneTime(100));
        client.start();
    }

    public static FleetServer start() throws Exception {
        return new FleetServer(new TestingServer(true));
    }

    public String address() {
        return server.getConnectString();
    }

    /** A process of {@code order-app} that runs on a policy since a time. */
    public FleetServer accepts(String address, String policy, String at) throws Exception {
        return put(process(address)
                .setStatus(Instance.Status.ACCEPTED)
                .setPolicy(policy)
                .setAcceptedAt(Instant.parse(at))
                .build());
    }

    /** The same, which then refused another. */
    public FleetServer rejects(String address, String policy, String at, String rejected, String problem)
            throws Exception {
        return put(process(address)
                .setStatus(Instance.Status.REJECTED)
                .setPolicy(policy)
                .setAcceptedAt(Instant.parse(at))
                .setRejected(rejected)
                .setRejectedAt(Instant.parse("2026-11-24T09:00:05Z"))
                .setProblems(List.of(problem))
                .build());
    }

    /** An Nginx that runs on a policy since a time; its agent may say that something is wrong. */
    public FleetServer executes(String host, String policy, String at, String error) throws Exception {
        return put(Instance.builder()
                .setApplication("nginx-agent")
                .setAddress(host)
                .setSource("apollo gray-policy")
                .setStatus(Instance.Status.ACCEPTED)
                .setPolicy(policy)
                .setAcceptedAt(Instant.parse(at))
                .setDriver("native")
                .setRevision(17L)
                .setAppliedAt(Instant.parse(at).plusSeconds(1))
                .setError(error)
                .build());
    }

    public FleetServer hasNone(String address) throws Exception {
        return put(process(address).build());
    }

    public FleetServer isOff(String address) throws Exception {
        return put(process(address).setStatus(Instance.Status.OFF).build());
    }

    private static Instance.Builder process(String address) {
        return Instance.builder()
                .setApplication("order-app")
                .setAddress(address)
                .setVersion("1.0.0")
                .setSource("apollo gray-policy");
    }

    private FleetServer put(Instance instance) throws Exception {
        InstanceNode node = nodes.get(instance.address());
        if (node == null) {
            nodes.put(instance.address(), InstanceNode.keep(client, instance));
        } else {
            node.update(instance);
        }
        instances.put(instance.address(), instance);
        awaitNodes();
        return this;
    }

    public FleetServer ends(String address) throws Exception {
        nodes.remove(address).close();
        instances.remove(address);
        awaitNodes();
        return this;
    }

    private void awaitNodes() {
        await().untilAsserted(() ->
                assertThat(new ArrayList<>(Instances.read(client).all())).containsAll(instances.values()));
    }

    /** A provider, as Dubbo registers it by interface. */
    public FleetServer provides(String service, String application, String version, String address) throws Exception {
        String url = "dubbo://" + address + "/" + service + "?application=" + application + "&gray.version=" + version;
        client.create()
                .creatingParentsIfNeeded()
                .forPath("/dubbo/" + service + "/providers/" + URLEncoder.encode(url, StandardCharsets.UTF_8));
        return this;
    }

    public FleetServer node(String path, String data) throws Exception {
        client.create().creatingParentsIfNeeded().forPath(path, data.getBytes(StandardCharsets.UTF_8));
        return this;
    }

    public void away() throws Exception {
        server.stop();
    }

    public void back() throws Exception {
        server.restart();
    }

    @Override
    public void close() throws Exception {
        client.close();
        server.close();
    }
}
