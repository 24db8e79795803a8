package io.grayrelease.nginx.lua;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

import io.grayrelease.gateway.ForgeableNames;
import io.grayrelease.nginx.Backend;
import io.grayrelease.nginx.model.EdgeModel;
import io.grayrelease.nginx.model.ServiceUpstream;
import io.grayrelease.policy.model.GrayPolicy;

import static org.assertj.core.api.Assertions.assertThat;

/** Where requests go, and what they say there. */
@EnabledIf("io.grayrelease.nginx.LiveNginx#hasLua")
class LuaBalancingTest {
    private static final GrayPolicy POLICY = LuaNginx.policy(
            "gray.rule.1-a", "uid < 10 => A",
            "gray.rule.2-b", "uid < 5 => B",
            "gray.rule.3-c", "uid == 3 && caller == x => B",
            "gray.route.A", "app:1",
            "gray.route.B", "app:2");
    /** Nobody listens on port 1. */
    private static final String DEAD = "127.0.0.1:1";

    @TempDir
    static Path folder;

    private static LuaNginx nginx;

    private Backend first;
    private Backend second;
    private Backend third;

    @BeforeAll
    static void start() throws Exception {
        nginx = LuaNginx.start(folder);
    }

    @AfterAll
    static void stop() throws Exception {
        nginx.close();
    }

    @BeforeEach
    void servers() throws Exception {
        first = Backend.start(null);
        second = Backend.start(null);
        third = Backend.start(null);
    }

    @AfterEach
    void close() throws Exception {
        for (Backend backend : List.of(first, second, third)) {
            backend.close();
        }
    }

    private static void push(List<String> baseline, Map<String, List<String>> tags) throws Exception {
        nginx.push(new EdgeModel(POLICY, LuaNginx.SOURCES, List.of(new ServiceUpstream("web", baseline, tags))));
    }

    private static String proxied(String target, String... headers) throws Exception {
        return nginx.get(target, headers);
    }

    @Test
    void request_goesToTheServersOfItsFirstTagThatTheUpstreamKnows() throws Exception {
        push(List.of(first.address()), Map.of("A", List.of(second.address()), "B", List.of(third.address())));
        assertThat(proxied("/?uid=7")).contains(second.address(), "x-gray-tag: A\n");
        assertThat(proxied("/?uid=4")).contains(second.address(), "x-gray-tag: A,B\n");
        assertThat(proxied("/?uid=10")).contains(first.address(), "x-gray-tag: -\n");
        assertThat(proxied("/?uid=3")).as("undecided").contains(first.address()).doesNotContain("x-gray-tag");

        push(List.of(first.address()), Map.of("B", List.of(third.address())));
        assertThat(proxied("/?uid=4")).contains(third.address());
        assertThat(proxied("/?uid=7")).contains(first.address());
    }

    @Test
    void request_saysTagAndUidOnly_nothingThatWasForged() throws Exception {
        push(List.of(first.address()), Map.of());
        String[] forged =
                ForgeableNames.all().stream().map(name -> name + ": forged").toArray(String[]::new);

        String text = proxied("/?uid=7", forged);
        assertThat(text).contains("\nx-gray-tag: A\n", "\nx-uid: 7\n", "\nbaggage: gray.tag=A\n", "\nhost: a\n");
        assertThat(text).doesNotContain("forged");
        assertThat(proxied("/", "baggage: a=1, gray.tag=forged", "x-gray-tag: forged"))
                .contains("\nx-gray-tag: -\n", "\nbaggage: a=1,gray.tag=-\n")
                .doesNotContain("forged", "x-uid");
    }

    @Test
    void servers_areTakenInTurn_ofEachGroupForItself() throws Exception {
        push(List.of(first.address(), second.address()), Map.of("A", List.of(first.address(), third.address())));
        for (int i = 0; i < 40; i++) {
            proxied("/?uid=10");
            proxied("/?uid=7");
        }

        assertThat(first.requests()).isBetween(38, 42); // each of two workers may stand elsewhere at the end
        assertThat(second.requests()).isBetween(19, 21);
        assertThat(third.requests()).isBetween(19, 21);
    }

    @Test
    void server_thatIsDown_isPassedOver() throws Exception {
        push(List.of(DEAD, first.address(), second.address()), Map.of());
        for (int i = 0; i < 60; i++) {
            assertThat(proxied("/")).startsWith("HTTP/1.1 200");
        }

        assertThat(first.requests()).isBetween(26, 34);
        assertThat(second.requests()).isBetween(26, 34);
        assertThat(nginx.nginx.errors().split("connect\\(\\) failed", -1))
                .as("it rests")
                .hasSizeLessThan(5);
    }

    @Test
    void server_thatIsAlone_isTriedThoughItFailed() throws Exception {
        push(List.of(DEAD), Map.of());
        assertThat(proxied("/")).startsWith("HTTP/1.1 502");
        assertThat(proxied("/")).startsWith("HTTP/1.1 502");
    }

    @Test
    void groupWithoutServers_isUnavailable() throws Exception {
        push(List.of(), Map.of("A", List.of(first.address()), "B", List.of()));
        assertThat(proxied("/?uid=10")).startsWith("HTTP/1.1 503");
        assertThat(proxied("/?uid=7")).startsWith("HTTP/1.1 200");

        push(List.of(first.address()), Map.of("A", List.of()));
        assertThat(proxied("/?uid=7")).startsWith("HTTP/1.1 503");
        assertThat(proxied("/?uid=10")).startsWith("HTTP/1.1 200");
    }
}
