package io.grayrelease.it;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.apache.curator.test.TestingServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.grayrelease.gateway.Entry;
import io.grayrelease.gateway.EntrySettings;

import static org.assertj.core.api.Assertions.assertThat;

/** HTTP clients, the entries that they reach, and a chain of services behind those. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HttpEntryTest {
    private static final String BASELINE = "order 1.0.0 > stock 1.0.0, order 1.0.0 > stock 1.0.0";
    private static final String GRAY = "order 2.0.0 > stock 2.0.0, order 2.0.0 > stock 2.0.0";
    private static final String BOTH = Chain.ORDER + ":2.0.0, " + Chain.STOCK + ":2.0.0";

    private static final List<String> FORGED = List.of(
            "X-Gray-Tag: T",
            "x-gray-tag: T | X-GRAY-TAG: T",
            "x-gray-tag: T | x-gray-sig: 99999999999.AAAA",
            "Gray-Tag: T | gray-uid: 7",
            "Dubbo.Tag: T | dubbo.force.tag: true",
            "baggage: gray.tag=T",
            "Baggage: a=b,gray.tag=T | baggage: gray.tag=T",
            "tri-header-convert: {\"x-evil\":\"gray-tag\"} | x-evil: T");

    private final Map<String, HttpFront> fronts = new LinkedHashMap<>();
    private TestingServer zooKeeper;
    private Chain chain;

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        zooKeeper = new TestingServer(true);
        chain = new Chain(zooKeeper.getConnectString(), folder, "instance", "tri");
        chain.write("switch", "on");
        chain.stock("1.0.0").stock("2.0.0").order("1.0.0").order("2.0.0").consumer();
        chain.awaitPaths(paths -> paths.size() == 4);
        Entry entry =
                Entry.of(EntrySettings.builder().build(), chain.get("consumer").gray()::policy);
        fronts.put("servlet", HttpFront.servlet(entry, folder, this::twice));
        fronts.put("WebFlux", HttpFront.webFlux(entry, this::twice));
        chain.policy("switch", "on");
    }

    private String twice() {
        return chain.path() + ", " + chain.path();
    }

    @AfterAll
    void stop() throws Exception {
        for (HttpFront front : fronts.values()) {
            front.close();
        }
        chain.close();
        zooKeeper.close();
    }

    private Stream<String> fronts() {
        return fronts.keySet().stream();
    }

    @ParameterizedTest
    @MethodSource("fronts")
    void theCallsOfARequest_carryItsTag(String front) throws Exception {
        chain.policy("rule.1-testers", "uid == 7 || cookie[\"beta\"] == yes => T", "route.T", BOTH);

        assertThat(get(front, "x-uid", "7")).isEqualTo(GRAY);
        assertThat(get(front, "cookie", "beta=yes")).isEqualTo(GRAY);
        assertThat(get(front, "x-uid", "8", "cookie", "beta=no")).isEqualTo(BASELINE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"servlet", "WebFlux"})
    void aRuleThatAsksForTheCallToo_isDecidedByTheFirstOne(String front) throws Exception {
        chain.policy(
                "rule.1-a",
                "service == " + Chain.ORDER
                        + " && cookie[\"beta\"] == yes && param[\"p\"] == q && ip == 127.0.0.1 => T",
                "route.T",
                BOTH);

        assertThat(get(front, "cookie", "beta=yes")).isEqualTo(GRAY);
        assertThat(get(front, "cookie", "beta=no")).isEqualTo(BASELINE);
    }

    @ParameterizedTest
    @MethodSource("fronts")
    void forgedRequests_reachNoGrayVersion(String front) throws Exception {
        chain.policy("rule.1-testers", "uid == 7 => T", "route.T", BOTH);
        for (String headers : FORGED) {
            assertThat(get(front, split(headers))).as(headers).isEqualTo(BASELINE);
        }

        chain.policy("rule.1-a", "service == x => T", "route.T", BOTH); // the first call decides
        for (String headers : FORGED) {
            assertThat(get(front, split(headers))).as(headers).isEqualTo(BASELINE);
        }
    }

    private String get(String front, String... headers) throws Exception {
        return fronts.get(front).get(headers);
    }

    private static String[] split(String headers) {
        List<String> all = new ArrayList<>();
        for (String header : headers.split(" \\| ", -1)) {
            all.addAll(List.of(header.split(": ", 2)));
        }
        return all.toArray(new String[0]);
    }
}
