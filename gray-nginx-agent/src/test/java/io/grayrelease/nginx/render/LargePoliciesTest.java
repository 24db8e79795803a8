package io.grayrelease.nginx.render;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

import io.grayrelease.nginx.model.EdgeModel;
import io.grayrelease.nginx.model.HttpSources;
import io.grayrelease.nginx.model.ServiceUpstream;

import static org.assertj.core.api.Assertions.assertThat;

/** Policies as large as they get, in a live Nginx. */
@EnabledIf("io.grayrelease.nginx.LiveNginx#isInstalled")
class LargePoliciesTest {
    private static final int MANY = 100_000;

    @TempDir
    private Path folder;

    private static void list(Map<String, String> keys, String name, String format) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < MANY; i++) {
            text.append(i == 0 ? "" : ",").append(String.format(format, i));
        }
        keys.put("gray.list." + name, text.toString());
    }

    @Test
    void listsOfAHundredThousand_areLookedUp() throws Exception {
        Map<String, String> keys = new LinkedHashMap<>();
        list(keys, "digits", "1%08d");
        list(keys, "words", "User-%d");
        list(keys, "tokens", "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.long-and-the-same-%08d");
        keys.put("gray.list.addresses", addresses());
        keys.put("gray.rule.1-a", "uid in @digits => A");
        keys.put("gray.rule.2-b", "uid in @words => B");
        keys.put("gray.rule.3-c", "uid in @tokens => C");
        keys.put("gray.rule.4-d", "!(ip in @addresses) => D");
        for (String tag : List.of("A", "B", "C", "D")) {
            keys.put("gray.route." + tag, "a:1");
        }
        try (RenderedNginx nginx = RenderedNginx.start(folder, RenderedNginx.policy(keys))) {
            assertThat(nginx.ask("x-uid: 100099999").tag()).isEqualTo("A,D");
            assertThat(nginx.ask("x-uid: 100100000").tag()).isEqualTo("D");
            assertThat(nginx.ask("x-uid: User-99999").tag()).isEqualTo("B,D");
            assertThat(nginx.ask("x-uid: USER-99999").tag()).isEqualTo("D");
            String token = "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.long-and-the-same-00099999";
            assertThat(nginx.ask("x-uid: " + token).tag()).isEqualTo("C,D");
            assertThat(nginx.ask("x-uid: " + token.replace("J9", "j9")).tag()).isEqualTo("D");
            assertThat(nginx.ask("x-uid: x" + token).tag()).isEqualTo("D");
        }
    }

    private static String addresses() {
        StringBuilder text = new StringBuilder("8.8.8.8");
        for (int i = 0; i < MANY; i++) {
            text.append(String.format(",10.%d.%d.%d", i >> 16, (i >> 8) & 255, i & 255));
        }
        return text.toString();
    }

    @Test
    void aThousandRules_areTriedInOrder() throws Exception {
        Map<String, String> keys = new LinkedHashMap<>();
        for (int i = 1; i <= 1_000; i++) {
            keys.put("gray.rule." + i + "-r" + i, "uid >= " + i + " && header[\"x-not\"] != r" + i + " => T" + i % 200);
        }
        for (int i = 0; i < 200; i++) {
            keys.put("gray.route.T" + i, "a:1");
        }
        keys.put("gray.rule.1001-last", "uid == 999999 => baseline");
        ServiceUpstream web =
                new ServiceUpstream("web", List.of("127.0.0.1:1"), Map.of("T150", List.of("127.0.0.1:2")));
        try (RenderedNginx nginx = RenderedNginx.start(folder, RenderedNginx.policy(keys), web)) {
            assertThat(nginx.ask("x-uid: 0", "x-not: 1").tag()).isEqualTo("-");
            assertThat(nginx.ask("x-uid: 3", "x-not: r2").tag()).isEqualTo("T1,T3");
            assertThat(nginx.ask("x-uid: 203", "x-not: r2").tag())
                    .startsWith("T1,T3,T4,")
                    .endsWith(",T199,T0,T2");
            assertThat(nginx.ask("x-uid: 160", "x-not: 1").upstream()).isEqualTo("gray_web_1");
            assertThat(nginx.ask("x-uid: 999999", "x-not: 1").tag()).isEqualTo("-");
        }
    }

    @Test
    void aConditionAsDeepAsItMayBe_isEvaluated() throws Exception {
        String condition = "(uid == 1 || (uid != 2 && ".repeat(14) + "uid == 3" + "))".repeat(14);
        Map<String, String> keys = Map.of("gray.rule.1-a", condition + " => T", "gray.route.T", "a:1");
        try (RenderedNginx nginx = RenderedNginx.start(folder, RenderedNginx.policy(keys))) {
            assertThat(nginx.ask("x-uid: 3").tag()).isEqualTo("T");
            assertThat(nginx.ask("x-uid: 4").tag()).isEqualTo("-");
        }
    }

    /** Nginx evaluates a hundred levels of variables. */
    @Test
    void allThatIsDeep_isEvaluatedTogether() throws Exception {
        String condition = "(uid == 1 || (uid != 2 && ".repeat(14) + "(uid in @l || uid == 3)" + "))".repeat(14);
        Map<String, String> keys = new LinkedHashMap<>();
        for (int i = 0; i < 2_000; i++) {
            keys.put(
                    "gray.rule." + i + "-r" + i,
                    (i == 1_999 ? condition : "uid like \"*x" + i + "x*\"") + " => T" + i % 256);
            keys.put("gray.route.T" + i % 256, "a:1");
        }
        StringBuilder tokens = new StringBuilder("y".repeat(60));
        for (int i = 0; i < 20; i++) {
            tokens.append(",").append(i).append("z".repeat(60));
        }
        keys.put("gray.list.l", tokens.toString());
        HttpSources sources = new HttpSources(
                RenderedNginx.sources(
                        "param:a", "param:b", "param:c", "param:d", "param:e", "param:f", "param:g", "param:h"),
                List.of(),
                List.of());
        try (RenderedNginx nginx =
                RenderedNginx.start(folder, new EdgeModel(RenderedNginx.policy(keys), sources, List.of()))) {
            assertThat(nginx.get("/baggage?h=" + "y".repeat(60))).isEqualTo("gray.tag=T207");
            assertThat(nginx.get("/baggage?h=y")).isEqualTo("gray.tag=-");
            assertThat(nginx.nginx().errors()).doesNotContain("cycle");
        }
    }
}
