package io.grayrelease.zookeeper.providers;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

import org.apache.curator.framework.CuratorFramework;
import org.apache.curator.framework.CuratorFrameworkFactory;
import org.apache.curator.retry.RetryOneTime;
import org.apache.curator.test.TestingServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Endpoints of a real ZooKeeper, written as Dubbo writes them. */
class EndpointsTest {
    private static final String SERVICE = "com.acme.OrderService";
    private static final String BOTH_PORTS =
            "[{\\\"port\\\":20880,\\\"protocol\\\":\\\"dubbo\\\"},{\\\"port\\\":50051,\\\"protocol\\\":\\\"tri\\\"}]";

    private TestingServer server;
    private CuratorFramework client;

    @BeforeEach
    void start() throws Exception {
        server = new TestingServer(true);
        client = CuratorFrameworkFactory.newClient(server.getConnectString(), new RetryOneTime(100));
        client.start();
    }

    @AfterEach
    void stop() throws Exception {
        client.close();
        server.close();
    }

    private void node(String path, String data) throws Exception {
        client.create().creatingParentsIfNeeded().forPath(path, data.getBytes(StandardCharsets.UTF_8));
    }

    private void url(String service, String url) throws Exception {
        node(Endpoints.providersOf(service) + "/" + URLEncoder.encode(url, StandardCharsets.UTF_8), "");
    }

    private void instance(String host, String metadata) throws Exception {
        node(
                RegisteredInstance.ROOT + "/order-app/" + host + ":20880",
                "{\"address\":\"" + host + "\",\"port\":20880,\"payload\":{\"metadata\":{" + metadata + "}}}");
    }

    private static String text(Endpoint endpoint) {
        return endpoint.protocol() + " " + endpoint.address() + " " + endpoint.version() + " " + endpoint.httpPort();
    }

    @Test
    void application_hasTheEndpointsOfItsProcesses_andOfItsInterfaces() throws Exception {
        instance(
                "10.0.0.1",
                "\"gray.version\":\"2.0.0\",\"gray.http-port\":\"8080\",\"dubbo.endpoints\":\"" + BOTH_PORTS + "\"");
        instance("10.0.0.2", "");
        url(SERVICE, "tri://10.0.0.1:50051/x?application=order-app&gray.version=1.0.0");
        url(SERVICE, "rest://10.0.0.3:8888/x?application=order-app&gray.http-port=81");
        url("com.acme.Other", "tri://10.0.0.4:1/x?application=other-app");

        assertThat(Endpoints.read(client, "order-app", null).all())
                .extracting(EndpointsTest::text)
                .containsExactlyInAnyOrder(
                        "dubbo 10.0.0.1:20880 2.0.0 8080",
                        "tri 10.0.0.1:50051 2.0.0 8080",
                        "null 10.0.0.2:20880 null null",
                        "rest 10.0.0.3:8888 null 81");
    }

    @Test
    void service_hasThoseOfItsProvidersOnly_withItsOwnVersion() throws Exception {
        url(SERVICE, "tri://10.0.0.1:50051/x?application=order-app&gray.version=1.0.0");
        url(SERVICE, "tri://10.0.0.9:50051/x?application=other-app&gray.version=1.0.0");
        url("com.acme.Other", "tri://10.0.0.4:1/x?application=order-app");
        node("/dubbo/mapping/" + SERVICE, "order-app,other-app");
        node(
                "/dubbo/metadata/order-app/ab",
                "{\"services\":{\"k\":{\"name\":\"" + SERVICE + "\",\"params\":{\"gray.version\":\"3.0.0\"}}}}");
        instance(
                "10.0.0.1",
                "\"gray.version\":\"2.0.0\",\"dubbo.metadata.revision\":\"ab\",\"dubbo.endpoints\":\"" + BOTH_PORTS
                        + "\"");
        instance("10.0.0.2", "\"gray.version\":\"2.0.0\"");

        assertThat(Endpoints.read(client, "order-app", SERVICE).all())
                .extracting(EndpointsTest::text)
                .containsExactly("tri 10.0.0.1:50051 1.0.0 null", "dubbo 10.0.0.1:20880 3.0.0 null");
    }

    @Test
    void endpoints_thatAreListedInAnotherForm_countAsTheRegisteredOne() throws Exception {
        instance("10.0.0.1", "\"dubbo.endpoints\":\"[{}]\"");

        assertThat(Endpoints.read(client, "order-app", null).all())
                .extracting(EndpointsTest::text)
                .containsExactly("null 10.0.0.1:20880 null null");
    }

    @Test
    void nodes_ofSomethingElse_areNamed() throws Exception {
        node("/services/order-app/junk", "junk");
        node(Endpoints.providersOf(SERVICE) + "/junk", "");

        Endpoints endpoints = Endpoints.read(client, "order-app", null);

        assertThat(endpoints.all()).isEmpty();
        assertThat(endpoints.unreadable()).hasSize(2).anyMatch(line -> line.startsWith("/services/order-app/junk: "));
    }

    @Test
    void application_thatIsNotThere_hasNone() throws Exception {
        assertThat(Endpoints.read(client, "order-app", SERVICE).all()).isEmpty();
    }
}
