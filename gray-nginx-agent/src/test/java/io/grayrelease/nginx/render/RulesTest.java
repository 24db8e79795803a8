package io.grayrelease.nginx.render;

import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

import io.grayrelease.nginx.model.EdgeModel;
import io.grayrelease.nginx.model.ServiceUpstream;
import io.grayrelease.policy.decide.PolicyEvaluator;
import io.grayrelease.policy.model.GrayPolicy;
import io.grayrelease.policy.model.Value;

import static org.assertj.core.api.Assertions.assertThat;

/** Rules and their tags: a live Nginx gives the tags that Java gives. */
@EnabledIf("io.grayrelease.nginx.LiveNginx#isInstalled")
class RulesTest {
    @TempDir
    private Path folder;

    private static GrayPolicy rules(String... rules) {
        Map<String, String> keys = new LinkedHashMap<>();
        for (int i = 0; i < rules.length; i++) {
            keys.put("gray.rule." + (i + 1) + "-r" + i, rules[i]);
        }
        for (String tag : List.of("A", "B", "C", "T")) {
            keys.put("gray.route." + tag, "a:1");
        }
        return RenderedNginx.policy(keys);
    }

    private RenderedNginx start(String... rules) throws Exception {
        return RenderedNginx.start(folder, rules(rules));
    }

    @Test
    void tags_ofSeveralRules_comeInOrderAndOnce() throws Exception {
        try (RenderedNginx nginx = start(
                "uid like \"*a*\" => A",
                "uid like \"*b*\" => B",
                "uid like \"*A*\" => A",
                "uid like \"*c*\" => C ; stop",
                "true => T")) {
            assertThat(nginx.ask("x-uid: a").tag()).isEqualTo("A,T");
            assertThat(nginx.ask("x-uid: ba").tag()).isEqualTo("A,B,T");
            assertThat(nginx.ask("x-uid: bA").tag()).isEqualTo("B,A,T");
            assertThat(nginx.ask("x-uid: aA").tag()).isEqualTo("A,T");
            assertThat(nginx.ask("x-uid: bc").tag()).isEqualTo("B,C");
            assertThat(nginx.ask().tag()).isEqualTo("T");
        }
    }

    @Test
    void baseline_dropsTagsAndEnds() throws Exception {
        try (RenderedNginx nginx = start("uid == a => A", "has(header[\"x-b\"]) => baseline", "caller == x => T")) {
            assertThat(nginx.ask("x-uid: a", "x-b: 1").tag()).isEqualTo("-");
            assertThat(nginx.ask("x-uid: a").tag()).isEmpty();
        }
    }

    @Test
    void unknown_beforeTheEnd_leavesTheRequestUndecided() throws Exception {
        try (RenderedNginx nginx =
                start("uid == 1 => A ; stop", "uid != 3 && (method == m || uid == 2) => B", "true => baseline")) {
            assertThat(nginx.ask("x-uid: 1").tag()).isEqualTo("A");
            assertThat(nginx.ask("x-uid: 2").tag()).isEqualTo("-");
            assertThat(nginx.ask("x-uid: 3").tag()).isEqualTo("-");
            assertThat(nginx.ask("x-uid: 4").tag()).isEmpty();
        }
    }

    @Test
    void constants_areFolded() throws Exception {
        try (RenderedNginx nginx = start(
                "attachment[\"x\"] == 1 => A",
                "!(header[\"X-Gray-Tag\"] == T) && uid == 1 => B",
                "now in 2026-11-11T00:00:00Z .. 2026-11-12T00:00:00Z => C",
                "now in 2026-11-12T00:00:00Z .. 2026-11-13T00:00:00Z => A",
                "true => T ; stop",
                "service == x => A")) {
            assertThat(nginx.ask("x-uid: 1", "X-Gray-Tag: T").tag()).isEqualTo("B,C,T");
        }
    }

    @Test
    void rulesOff_areLeftOut() throws Exception {
        try (RenderedNginx nginx = start("true => A ; off")) {
            assertThat(nginx.ask().tag()).isEqualTo("-");
        }
    }

    @Test
    void switchOff_isBaselineForAll() throws Exception {
        GrayPolicy off =
                RenderedNginx.policy(Map.of("gray.switch", "off", "gray.rule.1-a", "true => T", "gray.route.T", "a:1"));
        try (RenderedNginx nginx = RenderedNginx.start(folder, off)) {
            assertThat(nginx.ask().tag()).isEqualTo("-");
        }
    }

    @Test
    void noPolicy_decidesNothing() throws Exception {
        try (RenderedNginx nginx = RenderedNginx.start(folder, new EdgeModel(null, RenderedNginx.SOURCES, List.of()))) {
            RenderedNginx.Said said = nginx.ask("x-uid: 1", "baggage: a=1,gray.tag=T");
            assertThat(said.tag()).isEmpty();
            assertThat(said.uid()).isEqualTo("1");
            assertThat(said.baggage()).isEqualTo("a=1");
        }
    }

    @Test
    void uid_isTheFirstThatIsNotEmpty() throws Exception {
        try (RenderedNginx nginx = start("uid == 1 => A", "token == s => B")) {
            assertThat(nginx.askFor("/?uid=3", "x-uid: 1", "cookie: uid=2").uid())
                    .isEqualTo("1");
            assertThat(nginx.askFor("/?uid=3", "x-uid: ", "cookie: a=b; UID=2").uid())
                    .isEqualTo("2");
            assertThat(nginx.askFor("/?UID=3%20", "cookie: uid=").uid()).isEqualTo("3%20");
            assertThat(nginx.ask().uid()).isEmpty();
            assertThat(nginx.ask("x-token: s").tag()).isEqualTo("B");
        }
    }

    /** Rules beyond one chunk, with tags that come again, against Java's evaluator. */
    @Test
    void manyRules_giveTheTagsOfJava() throws Exception {
        Random random = new Random(7);
        String[] rules = new String[230];
        for (int i = 0; i < rules.length; i++) {
            String who = "uid like \"*" + (char) ('a' + random.nextInt(26)) + (char) ('a' + random.nextInt(3)) + "*\"";
            String then = random.nextInt(40) == 0
                    ? "baseline"
                    : "ABCT".charAt(random.nextInt(4)) + (random.nextInt(20) == 0 ? " ; stop" : "");
            rules[i] = who + " => " + then;
        }
        GrayPolicy policy = rules(rules);
        PolicyEvaluator evaluator = PolicyEvaluator.of(policy, Clock.systemUTC());
        try (RenderedNginx nginx = RenderedNginx.start(folder, policy)) {
            Map<String, Integer> seen = new HashMap<>();
            for (int i = 0; i < 300; i++) {
                StringBuilder uid = new StringBuilder();
                for (int j = 0; j < 2 + i % 12; j++) {
                    uid.append((char) ('a' + random.nextInt(random.nextBoolean() ? 26 : 3)));
                }
                String expected = evaluator
                        .decide(value -> value.kind() == Value.Kind.UID ? uid.toString() : null)
                        .tags()
                        .text();
                assertThat(nginx.ask("x-uid: " + uid).tag()).as("%s", uid).isEqualTo(expected);
                seen.merge(expected, 1, Integer::sum);
            }
            assertThat(seen).hasSizeGreaterThan(10);
        }
    }

    @Test
    void upstream_ofTheFirstTagThatConcernsIt_isTaken() throws Exception {
        ServiceUpstream web = new ServiceUpstream(
                "web",
                List.of("127.0.0.1:1"),
                Map.of(
                        "B",
                        List.of("127.0.0.1:2"),
                        "A",
                        List.of("[::1]:3"),
                        "T",
                        List.of("127.0.0.1:1"),
                        "unused",
                        List.of("127.0.0.1:9")));
        try (RenderedNginx nginx = RenderedNginx.start(
                folder,
                rules(
                        "uid like \"*c*\" => C",
                        "uid like \"*b*\" => B",
                        "uid like \"*a*\" => A",
                        "uid like \"*u*\" && method == m => A",
                        "uid like \"*t*\" => T",
                        "uid like \"*0*\" => baseline"),
                web)) {
            assertThat(nginx.ask("x-uid: cb").upstream()).isEqualTo("gray_web_2");
            assertThat(nginx.ask("x-uid: ab").upstream()).isEqualTo("gray_web_2");
            assertThat(nginx.ask("x-uid: a").upstream()).isEqualTo("gray_web_1");
            assertThat(nginx.ask("x-uid: t").upstream()).isEqualTo("gray_web_b");
            assertThat(nginx.ask("x-uid: c").upstream()).isEqualTo("gray_web_b");
            assertThat(nginx.ask("x-uid: a0").upstream()).isEqualTo("gray_web_b");
            assertThat(nginx.ask("x-uid: au").upstream()).isEqualTo("gray_web_b");
        }
    }
}
