package io.grayrelease.nginx.lua;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.grayrelease.nginx.model.EdgeModel;
import io.grayrelease.nginx.model.ServiceUpstream;
import io.grayrelease.policy.model.GrayPolicy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/** What needs no Nginx. */
class LuaPolicyTest {
    @TempDir
    Path folder;

    @Test
    void json_hasRulesSourcesAndUpstreams() {
        GrayPolicy policy = LuaNginx.policy(
                "gray.rule.1-a", "ip in (10.0.0.0/8, \"::1\", x) && header[\"X-App\"] like \"i*\" => T ; stop",
                "gray.rule.2-b", "uid == \"é\" => T ; off",
                "gray.rule.3-c", "uid != \"é\" || arg[0] == 1 => baseline",
                "gray.route.T", "app:2");
        EdgeModel model = new EdgeModel(
                policy,
                LuaNginx.SOURCES,
                List.of(new ServiceUpstream(
                        "web", List.of("10.0.0.1:80"), Map.of("T", List.of("[fd00::1]:80"), "A", List.of()))));

        assertThat(LuaPolicy.json(model, 3))
                .isEqualTo(("{'policy':'" + policy.hash() + "','rules':["
                                + "{'if':{'is':'and','of':[{'is':'in',"
                                + "'texts':['10.0.0.0/8','::1','x'],'foreign':false,"
                                + "'addresses':['00000000000000000000000000000001'],"
                                + "'blocks':[{'network':'0a000000','prefix':8}],'value':{'kind':'ip'}},"
                                + "{'is':'like','pattern':'i*','value':{'kind':'header','name':'X-App'}}]},"
                                + "'tag':'T','stop':true},"
                                + "{'if':{'is':'or','of':[{'is':'in','texts':[],"
                                + "'foreign':true,'negated':true,'value':{'kind':'uid'}},{'is':'unknown'}]},'stop':true}],"
                                + "'sources':{'uid':[{'kind':'header','name':'x-uid'},{'kind':'cookie','name':'uid'},"
                                + "{'kind':'param','name':'uid'}],'token':[{'kind':'header','name':'x-gray-token'}]},"
                                + "'upstreams':[{'name':'web','baseline':['10.0.0.1:80'],"
                                + "'tags':{'A':[],'T':['[fd00::1]:80']}}],'revision':3}")
                        .replace('\'', '"'));
    }

    @Test
    void json_ofNoPolicy_decidesNothing() {
        assertThat(LuaPolicy.json(new EdgeModel(null, LuaNginx.SOURCES, List.of()), 1))
                .startsWith("{\"decides\":\"nothing\",\"sources\"");
    }

    @Test
    void files_areThoseOfTheSettings() {
        LuaSettings settings =
                new LuaSettings(folder.resolve("run"), Map.of("web", 7, "api", 0), List.of("10.0.0.0/8"), "16m", "2s");

        String http =
                LuaInstallation.files(folder.resolve("current"), settings, 12).get("gray-http.conf");

        assertThat(http)
                .contains("set_real_ip_from 10.0.0.0/8;\n", "listen unix:" + folder.resolve("run/none.sock") + ";")
                .contains("return 200 \"12\";", "keepalive_min_timeout 2s;\n", "balance(\"web\") }\n  keepalive 7;\n}")
                .contains("balance(\"api\") }\n}");
    }

    @ParameterizedTest
    @CsvSource({
        "/run/a b, web, 10.0.0.1, 16m, a path of letters",
        "/run/a;b, web, 10.0.0.1, 16m, a path of letters",
        "/run/a, we-b, 10.0.0.1, 16m, a name of an upstream",
        "/run/a, web, proxy;, 16m, an address or a network",
        "/run/a, web, 10.0.0.1, 16m;, 'a size, such as 16m'",
    })
    void settings_thatCannotStandInAConfiguration_areRefused(
            String runDir, String upstream, String proxy, String size, String expected) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new LuaSettings(Path.of(runDir), Map.of(upstream, 8), List.of(proxy), size, null))
                .withMessageContaining("found \"")
                .withMessageContaining("expected " + expected);
    }
}
