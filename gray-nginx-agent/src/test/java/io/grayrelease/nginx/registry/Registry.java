package io.grayrelease.nginx.registry;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

import org.apache.curator.framework.CuratorFramework;
import org.apache.curator.framework.CuratorFrameworkFactory;
import org.apache.curator.retry.RetryOneTime;
import org.apache.curator.test.TestingServer;
import org.apache.zookeeper.CreateMode;

/** A real ZooKeeper, with processes as Dubbo and Spring Cloud register them; all of them are gone together with {@link #die}. */
public final class Registry implements AutoCloseable {
    private final TestingServer server;
    private CuratorFramework processes;

    public Registry() throws Exception {
        server = new TestingServer(true);
        processes = newClient();
    }

    public CuratorFramework newClient() {
        CuratorFramework client = CuratorFrameworkFactory.newClient(server.getConnectString(), new RetryOneTime(200));
        client.start();
        return client;
    }

    public String address() {
        return server.getConnectString();
    }

    /** A process that registers in {@code /services}. */
    public Registry instance(String application, String address, String metadata) throws Exception {
        int colon = address.lastIndexOf(':');
        String json = "{\"address\":\"" + address.substring(0, colon) + "\",\"port\":" + address.substring(colon + 1)
                + ",\"payload\":{\"metadata\":{" + metadata + "}}}";
        node("/services/" + application + "/" + address, json);
        return this;
    }

    /** The same with a version. */
    public Registry version(String application, String address, String version) throws Exception {
        return instance(application, address, "\"gray.version\":\"" + version + "\"");
    }

    /** A provider that registers in {@code /dubbo}. */
    public Registry provider(String service, String url) throws Exception {
        node("/dubbo/" + service + "/providers/" + URLEncoder.encode(url, StandardCharsets.UTF_8), "");
        return this;
    }

    private void node(String path, String data) throws Exception {
        processes
                .create()
                .orSetData()
                .creatingParentsIfNeeded()
                .withMode(CreateMode.EPHEMERAL)
                .forPath(path, data.getBytes(StandardCharsets.UTF_8));
    }

    public Registry ends(String application, String address) throws Exception {
        processes.delete().forPath("/services/" + application + "/" + address);
        return this;
    }

    /** The sessions of all processes end. */
    public void die() {
        processes.close();
        processes = newClient();
    }

    public void away() throws Exception {
        server.stop();
    }

    public void back() throws Exception {
        server.restart();
    }

    @Override
    public void close() throws Exception {
        processes.close();
        server.close();
    }
}
