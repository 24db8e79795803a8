package io.grayrelease.nginx.render;

import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.grayrelease.nginx.model.EdgeModel;
import io.grayrelease.nginx.model.HttpSources;
import io.grayrelease.nginx.model.ServiceUpstream;
import io.grayrelease.policy.model.GrayPolicy;
import io.grayrelease.policy.model.Problem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class NativeRendererTest {
    private static final RenderSettings SETTINGS = new RenderSettings(Path.of("/run/gray"), Map.of("web", 8), null);

    private static GrayPolicy rules(String... conditions) {
        Map<String, String> keys = new LinkedHashMap<>();
        for (int i = 0; i < conditions.length; i++) {
            keys.put("gray.rule.1" + i + "-r" + i, conditions[i] + " => T");
        }
        keys.put("gray.route.T", "a:1");
        return RenderedNginx.policy(keys);
    }

    private static NativeConfiguration render(GrayPolicy policy, Instant now) {
        return NativeRenderer.render(new EdgeModel(policy, RenderedNginx.SOURCES, List.of()), SETTINGS, now);
    }

    private static String problem(String condition) {
        List<Problem> problems = NativeRenderer.unsupported(rules(condition));
        assertThat(problems).hasSize(1);
        return problems.get(0).toString();
    }

    @Test
    void unsupported_conditions_sayWhatWasExpected() {
        assertThat(problem("uid % 7 < 1"))
                .isEqualTo(
                        "gray.rule.10-r0: found % 7, expected a modulus that divides a power of ten (2, 5, 8, 10, 20, 25, 50, 100, 1000, ...), or the lua driver");
        assertThat(problem("uid % 1048576 < 1")).contains("found % 1048576");
        assertThat(problem("uid % " + "1" + "0".repeat(19) + " < 1")).contains("found % 1000");
        assertThat(problem("header[\"x_y\"] == 1")).contains("the header \"x_y\"", "underscore");
        assertThat(problem("has(header[\"Cookie\"])")).contains("the header \"Cookie\"", "joins", "cookie[\"name\"]");
        assertThat(problem("has(header[\"x-forwarded-for\"])")).contains("joins");
        assertThat(problem("has(header[\"a b;\"])")).contains("the header");
        assertThat(problem("has(cookie[\"a-b\"])")).contains("the cookie \"a-b\"");
        assertThat(problem("has(param[\"a.b\"])")).contains("the parameter \"a.b\"");
        assertThat(problem("uid < " + "9".repeat(101))).contains("a number of 101 digits");
        assertThat(problem("uid == \"" + "é".repeat(10) + "x\" || uid == \"" + "+".repeat(1_000) + "\""))
                .contains("1000 characters");
        assertThat(problem("hash(uid, \"a\tb\") < 5%")).contains("a control character");
        assertThat(problem("hash(uid, \"" + "s".repeat(4_000) + "\") < 5%")).contains("4000 characters");
        assertThat(problem("(uid == 1 || (uid == 2 && ".repeat(16) + "uid == 3" + "))".repeat(16)))
                .contains("nested 33 deep");
    }

    @Test
    void unsupported_allProblemsOfRulesThatAreOn_areFound() {
        Map<String, String> keys = Map.of(
                "gray.rule.1-a", "uid % 7 < 1 && uid % 9 < 1 => T",
                "gray.rule.2-b", "!(uid % 11 < 1) => T",
                "gray.rule.3-c", "uid % 13 < 1 => T ; off",
                "gray.route.T", "a:1");
        assertThat(NativeRenderer.unsupported(RenderedNginx.policy(keys)))
                .extracting(Problem::key)
                .containsExactly("gray.rule.1-a", "gray.rule.1-a", "gray.rule.2-b");
        assertThatThrownBy(() -> render(RenderedNginx.policy(keys), RenderedNginx.NOW))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("% 7", "% 9", "% 11");
    }

    @Test
    void unsupported_policySwitchedOff_hasNone() {
        Map<String, String> keys =
                Map.of("gray.rule.1-a", "uid % 7 < 1 => T", "gray.route.T", "a:1", "gray.switch", "off");
        assertThat(NativeRenderer.unsupported(RenderedNginx.policy(keys))).isEmpty();
    }

    @Test
    void until_isTheNextEdgeOfAWindow() {
        GrayPolicy policy = rules(
                "now in 2026-11-11T00:00:00Z .. 2026-11-12T00:00:00Z",
                "uid == 1 && !(now in 2026-11-10T00:00:00Z .. 2026-11-13T00:00:00Z)");
        assertThat(render(policy, Instant.parse("2026-11-09T00:00:00Z")).until())
                .isEqualTo("2026-11-10T00:00:00Z");
        assertThat(render(policy, Instant.parse("2026-11-11T00:00:00Z")).until())
                .isEqualTo("2026-11-12T00:00:00Z");
        assertThat(render(policy, Instant.parse("2026-11-13T00:00:00Z")).until())
                .isNull();
    }

    @Test
    void configuration_ofAnotherRevision_isTheSame() {
        NativeConfiguration configuration = render(rules("true"), RenderedNginx.NOW);
        assertThat(configuration).isEqualTo(render(rules("true"), RenderedNginx.NOW));
        assertThat(configuration.http(41)).contains("default 41;").doesNotContain("\u0001");
    }

    @Test
    void minTimeout_isWritten() {
        RenderSettings settings = new RenderSettings(Path.of("/run/gray"), Map.of("web", 8), "2s");
        EdgeModel model = new EdgeModel(null, RenderedNginx.SOURCES, List.of());
        assertThat(NativeRenderer.render(model, settings, RenderedNginx.NOW).http(1))
                .contains("keepalive_min_timeout 2s;\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "host:80",
                "10.0.0.1",
                "10.0.0.1:0",
                "10.0.0.1:65536",
                "10.0.0.256:80",
                "[fd00::1]",
                "[10.0.0.1]:80",
                "fd00::1:80",
                "10.0.0.1:80;",
                "[::1%eth0]:80",
                ""
            })
    void address_thatIsNone_isRefused(String address) {
        ServiceUpstream upstream = new ServiceUpstream("web", List.of(address), Map.of());
        assertThatThrownBy(() -> NativeRenderer.render(
                        new EdgeModel(null, RenderedNginx.SOURCES, List.of(upstream)), SETTINGS, RenderedNginx.NOW))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("found address \"" + address + "\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"header:x_uid", "header:cookie", "cookie:a-b", "param:a b", "param:$x", "header:x;y"})
    void source_thatNginxCannotRead_isRefused(String source) {
        HttpSources sources = new HttpSources(RenderedNginx.sources(source), List.of(), List.of());
        assertThatThrownBy(() ->
                        NativeRenderer.render(new EdgeModel(null, sources, List.of()), SETTINGS, RenderedNginx.NOW))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("uid source " + source);
    }

    @Test
    void otherSettings_thatAreNone_areRefused() {
        HttpSources sources = new HttpSources(List.of(), List.of(), List.of("proxy;"));
        assertThatThrownBy(() ->
                        NativeRenderer.render(new EdgeModel(null, sources, List.of()), SETTINGS, RenderedNginx.NOW))
                .hasMessageContaining("trusted proxy");
        ServiceUpstream upstream = new ServiceUpstream("Web;", List.of(), Map.of());
        assertThatThrownBy(() -> NativeRenderer.render(
                        new EdgeModel(null, sources, List.of(upstream)), SETTINGS, RenderedNginx.NOW))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new RenderSettings(Path.of("/run/a b"), Map.of(), null))
                .hasMessageContaining("run-dir");
        assertThatThrownBy(() -> new RenderSettings(Path.of("run"), Map.of(), null))
                .hasMessageContaining("run-dir");
        assertThatThrownBy(() -> new RenderSettings(Path.of("/run"), Map.of("web", -1), null))
                .hasMessageContaining("keepalive");
        assertThatThrownBy(() -> new RenderSettings(Path.of("/run"), Map.of(), "2s;"))
                .hasMessageContaining("keepalive-min-timeout");
    }
}
