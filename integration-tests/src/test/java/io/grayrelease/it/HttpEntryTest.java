package io.grayrelease.it;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import org.apache.catalina.Context;
import org.apache.catalina.startup.Tomcat;
import org.apache.curator.test.TestingServer;
import org.apache.tomcat.util.descriptor.web.FilterDef;
import org.apache.tomcat.util.descriptor.web.FilterMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.grayrelease.gateway.Entry;
import io.grayrelease.gateway.EntrySettings;
import io.grayrelease.gateway.servlet.GrayServletFilter;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import static org.assertj.core.api.Assertions.assertThat;

/** A browser, a Tomcat with the entry, and a chain of services behind it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HttpEntryTest {
    private static final String BASELINE = "order 1.0.0 > stock 1.0.0, order 1.0.0 > stock 1.0.0";
    private static final String GRAY = "order 2.0.0 > stock 2.0.0, order 2.0.0 > stock 2.0.0";
    private static final String BOTH = Chain.ORDER + ":2.0.0, " + Chain.STOCK + ":2.0.0";

    private final HttpClient http = HttpClient.newHttpClient();
    private final Tomcat tomcat = new Tomcat();
    private TestingServer zooKeeper;
    private Chain chain;

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        zooKeeper = new TestingServer(true);
        chain = new Chain(zooKeeper.getConnectString(), folder, "instance", "tri");
        chain.write("switch", "on");
        chain.stock("1.0.0").stock("2.0.0").order("1.0.0").order("2.0.0").consumer();
        chain.awaitPaths(paths -> paths.size() == 4);
        tomcat.setBaseDir(folder.resolve("tomcat").toString());
        tomcat.setPort(0);
        Context context = tomcat.addContext("", folder.toString());
        FilterDef filter = new FilterDef();
        filter.setFilterName("gray");
        filter.setFilter(new GrayServletFilter(
                Entry.of(EntrySettings.builder().build(), chain.get("consumer").gray()::policy)));
        context.addFilterDef(filter);
        FilterMap mapping = new FilterMap();
        mapping.setFilterName("gray");
        mapping.addURLPattern("/*");
        context.addFilterMap(mapping);
        Tomcat.addServlet(context, "front", new Front());
        context.addServletMappingDecoded("/*", "front");
        tomcat.getConnector();
        tomcat.start();
    }

    @AfterAll
    void stop() throws Exception {
        tomcat.stop();
        tomcat.destroy();
        chain.close();
        zooKeeper.close();
    }

    @Test
    void theCallsOfARequest_carryItsTag() throws Exception {
        chain.policy("rule.1-testers", "uid == 7 || cookie[\"beta\"] == yes => T", "route.T", BOTH);

        assertThat(get("x-uid", "7")).isEqualTo(GRAY);
        assertThat(get("cookie", "beta=yes")).isEqualTo(GRAY);
        assertThat(get("x-uid", "8", "cookie", "beta=no")).isEqualTo(BASELINE);
    }

    @Test
    void aRuleThatAsksForTheCallToo_isDecidedByTheFirstOne() throws Exception {
        chain.policy(
                "rule.1-a",
                "service == " + Chain.ORDER
                        + " && cookie[\"beta\"] == yes && param[\"p\"] == q && ip == 127.0.0.1 => T",
                "route.T",
                BOTH);

        assertThat(get("cookie", "beta=yes")).isEqualTo(GRAY);
        assertThat(get("cookie", "beta=no")).isEqualTo(BASELINE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "X-Gray-Tag: T",
                "x-gray-tag: T | X-GRAY-TAG: T",
                "x-gray-tag: T | x-gray-sig: 99999999999.AAAA",
                "Gray-Tag: T | gray-uid: 7",
                "Dubbo.Tag: T | dubbo.force.tag: true",
                "baggage: gray.tag=T",
                "Baggage: a=b,gray.tag=T | baggage: gray.tag=T",
                "tri-header-convert: {\"x-evil\":\"gray-tag\"} | x-evil: T"
            })
    void forgedRequests_reachNoGrayVersion(String headers) throws Exception {
        chain.policy("rule.1-testers", "uid == 7 => T", "route.T", BOTH);
        assertThat(get(split(headers))).isEqualTo(BASELINE);

        chain.policy("rule.1-a", "service == x => T", "route.T", BOTH); // the first call decides
        assertThat(get(split(headers))).isEqualTo(BASELINE);
    }

    private static String[] split(String headers) {
        List<String> all = new ArrayList<>();
        for (String header : headers.split(" \\| ", -1)) {
            all.addAll(List.of(header.split(": ", 2)));
        }
        return all.toArray(new String[0]);
    }

    private String get(String... headers) throws IOException, InterruptedException {
        URI uri = URI.create("http://127.0.0.1:" + tomcat.getConnector().getLocalPort() + "/?p=q");
        return http.send(HttpRequest.newBuilder(uri).headers(headers).build(), BodyHandlers.ofString())
                .body();
    }

    /** Calls the chain twice. */
    private final class Front extends HttpServlet {
        private static final long serialVersionUID = 1;

        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
            response.getWriter().print(chain.path() + ", " + chain.path());
        }
    }
}
