package io.grayrelease.matrix.driver;

import java.net.http.HttpResponse;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

import org.apache.curator.test.TestingServer;
import org.apache.dubbo.rpc.Protocol;
import org.apache.dubbo.rpc.model.FrameworkModel;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import io.grayrelease.matrix.app.Task;
import io.grayrelease.matrix.app.Way;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** HTTP clients call the middle service, which Dubbo 3.3 serves as REST over Triple: the entry of those requests. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RestTest {
    private static final String MIDDLE = "middle 1.0.0";
    private static final List<String> PROTOCOLS = List.of("dubbo", "tri");

    private TestingServer zooKeeper;
    private Fleet fleet;

    @BeforeAll
    void start() throws Exception {
        zooKeeper = new TestingServer(true);
        fleet = Fleet.start(
                Chain.of("3.3.6", "instance").mixed(Chain.BOOT, "3.3.6"),
                zooKeeper.getConnectString(),
                Folders.withPolicy("rest"));
        for (String protocol : PROTOCOLS) {
            await().ignoreExceptions()
                    .until(() -> seen(protocol, "gray-tag", "T").equals(seenAs("T")));
        }
    }

    @AfterAll
    void stop() throws Exception {
        if (fleet != null) { // it started
            fleet.close();
        }
        zooKeeper.close();
    }

    static Stream<Arguments> requests() {
        return PROTOCOLS.stream()
                .flatMap(protocol -> Stream.of(
                        Arguments.of(protocol, "T", List.of("gray-tag", "T")),
                        Arguments.of(protocol, "T", List.of("Gray-Tag", "T")),
                        Arguments.of(protocol, "-", List.of("Gray-Tag", "-", "uid", "7")),
                        Arguments.of(protocol, "T", List.of("uid", "7")),
                        Arguments.of(protocol, "T", List.of("Uid", "7")),
                        Arguments.of(protocol, "-", List.of("uid", "8")),
                        Arguments.of(protocol, "-", List.of("Accept", "*/*")),
                        Arguments.of(protocol, "-", List.of("gray-tag", "T;U", "uid", "7")),
                        Arguments.of(protocol, "-", List.of("Gray-Tag", "T;U", "uid", "7"))));
    }

    @ParameterizedTest
    @MethodSource("requests")
    void httpRequest_isTaggedAndServedByItsVersion(String protocol, String tag, List<String> headers) {
        assertThat(seen(protocol, headers.toArray(new String[0]))).isEqualTo(seenAs(tag));
    }

    /** So there are no more ways of calling to try. */
    @Test
    void dubbo_hasNoClientForRest() {
        assertThat(FrameworkModel.defaultModel()
                        .getExtensionLoader(Protocol.class)
                        .getSupportedExtensions())
                .contains("tri")
                .doesNotContain("rest");
    }

    private List<String> seen(String protocol, String... headers) {
        Task task = Task.parse(UUID.randomUUID() + "|" + protocol + "|" + Way.SYNC);
        HttpResponse<String> response = fleet.callMiddleByHttp("1.0.0", task, headers);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return fleet.seen(task.id());
    }

    private static List<String> seenAs(String tag) {
        String end = tag.equals("T") ? "end 2.0.0" : "end 1.0.0";
        return Stream.of(end, MIDDLE)
                .map(process -> process + " tag=" + tag + " mdc=" + tag)
                .toList();
    }
}
