package io.grayrelease.nginx.lua;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

import io.grayrelease.nginx.drive.UnixHttp;
import io.grayrelease.nginx.drive.UnixHttp.Response;
import io.grayrelease.nginx.model.EdgeModel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** What Nginx takes over its socket, and what becomes of it when processes end. */
@EnabledIf("io.grayrelease.nginx.LiveNginx#hasLua")
class LuaControlTest {
    @TempDir
    Path folder;

    private LuaNginx nginx;
    private LuaControl control;

    @BeforeEach
    void start() throws Exception {
        nginx = LuaNginx.start(folder);
        control = new LuaControl(folder.resolve("run/control/policy.sock"), Duration.ofSeconds(10));
    }

    @AfterEach
    void stop() throws Exception {
        nginx.close();
    }

    private Response put(String text) throws Exception {
        return nginx.socket.put("/policy", text);
    }

    private static String json(String condition, long revision) {
        return LuaPolicy.json(LuaNginx.rule(condition), revision);
    }

    @Test
    void withoutPolicy_nothingIsDecided_andForgedHeadersAreGone() throws Exception {
        assertThat(nginx.decision("?uid=7", "Baggage: a=1,gray.tag=X"))
                .containsExactly("", "", "a=1", "gray__none", "0");
        assertThat(nginx.get("/")).startsWith("HTTP/1.1 503");
        assertThat(control.state().revision()).isZero();
        assertThat(nginx.socket.get("/policy").status()).isEqualTo(404);
    }

    @Test
    void push_isAcknowledgedByEachWorker_withoutRequests() throws Exception {
        assertThat(put(json("uid == 1", 5))).isEqualTo(new Response(200, ""));

        control.await("all", state -> state.isEverywhere(5));
        assertThat(control.state().workers()).isEqualTo(2);
        assertThat(nginx.tag("?uid=1")).isEqualTo("T");
        assertThat(control.policy()).isEqualTo(json("uid == 1", 5));
        assertThat(nginx.nginx.errors()).doesNotContain("[error]");
    }

    @Test
    void variables_ofOtherLocations_areEmpty() throws Exception {
        put(json("true", 5));

        assertThat(nginx.get("/plain?uid=7", "X-Gray-Tag: X")).endsWith("\r\n\r\nplain");
        assertThat(nginx.nginx.errors()).doesNotContain("uninitialized");
    }

    @Test
    void push_counts_fromTheNextRequestOn() throws Exception {
        for (int revision = 1; revision <= 200; revision++) {
            put(json("uid == " + revision, revision));
            assertThat(nginx.decision("?uid=" + revision)).startsWith("T").endsWith("" + revision);
        }
    }

    @Test
    void revisionThatIsNotNewer_isRefused() throws Exception {
        put(json("uid == 1", 5));

        assertThat(put(json("uid == 2", 5)).status()).isEqualTo(409);
        assertThat(put(json("uid == 2", 4))).isEqualTo(new Response(409, "found revision 4, expected one above 5"));
        assertThat(nginx.tag("?uid=1")).isEqualTo("T");
    }

    @Test
    void whatIsNoPolicy_isRefusedWithTheReason_andChangesNothing() throws Exception {
        put(json("uid == 1", 5));
        String good = json("uid == 1", 6);
        Map<String, String> wrong = Map.ofEntries(
                Map.entry("", "Expected value"),
                Map.entry("{", "Expected"),
                Map.entry("7", "found number, expected a policy in JSON"),
                Map.entry("{}", "found nil, expected a revision"),
                Map.entry("[".repeat(5_000), "nested"),
                Map.entry(good.replace(":6", ":6.5"), "found 6.5, expected a revision"),
                Map.entry(good.replace(":6", ":NaN"), "expected a revision"),
                Map.entry(good.replace(":6", ":-1"), "found -1, expected a revision"),
                Map.entry(good.replace(":6", ":\"6\""), "found 6, expected a revision"),
                Map.entry(
                        good.replace("\"in\"", "\"os.execute\""),
                        "found the condition os.execute, expected one that is known"),
                Map.entry(
                        good.replace("\"in\"", "null"),
                        "found the condition userdata: NULL, expected one that is known"),
                Map.entry(good.replace("\"T\"", "\"T\\r\\nx: y\""), "expected a tag"),
                Map.entry(good.replace("\"T\"", "\"$uid\""), "found $uid, expected a tag"),
                Map.entry(
                        good.replace("127.0.0.1:1", "evil.example:80"),
                        "found evil.example:80, expected an IP address and a port"),
                Map.entry(good.replace("127.0.0.1:1", "unix:/etc/x:1"), "expected an IP address and a port"),
                Map.entry(good.replace("127.0.0.1:1", "300.0.0.1:1"), "expected an IP address and a port"),
                Map.entry(good.replace("127.0.0.1:1", "127.0.0.1:65536"), "expected an IP address and a port"),
                Map.entry(good.replace("\"web\"", "\"other\""), "found the upstream other, expected one of web"),
                Map.entry(
                        good.replace("\"name\":\"x-uid\"", "\"name\":\"x\\u0000y\""),
                        "expected one of printable ASCII"),
                Map.entry(good.replace("\"kind\":\"header\"", "\"kind\":\"__index\""), "found kind __index"));

        for (Map.Entry<String, String> text : wrong.entrySet()) {
            Response response = put(text.getKey());
            assertThat(response.status()).as(text.getKey()).isEqualTo(422);
            assertThat(response.body()).as(text.getKey()).contains(text.getValue());
        }
        assertThat(nginx.decision("?uid=1")).startsWith("T").endsWith("5");
        assertThat(nginx.nginx.errors()).doesNotContain("[error]", "[alert]");
    }

    @Test
    void textThatFitsIntoNoDictionary_isRefused_andChangesNothing() throws Exception {
        put(json("uid == 1", 5));
        String list = new Random(1)
                .ints(1_700_000, 10_000_000, 99_999_999)
                .mapToObj(Integer::toString)
                .collect(Collectors.joining(","));
        EdgeModel big = LuaNginx.model(
                LuaNginx.policy("gray.list.x", list, "gray.rule.1-r", "uid in @x => T", "gray.route.T", "app:2"));

        assertThat(put(LuaPolicy.json(big, 6)).status()).isIn(413, 507);
        assertThat(nginx.decision("?uid=1")).startsWith("T").endsWith("5");
    }

    /** Whatever a JSON text becomes by chance, Nginx says no or goes on with it. */
    @Test
    void garbledTexts_neverBreakNginx() throws Exception {
        String good = json(
                "uid in (1, 2) && header[\"x\"] like \"a*\" && uid % 100 < 5 && hash(uid) < 5% && ip == 10.0.0.0/8"
                        + " && now in 2020-01-01T00:00:00Z .. 2030-01-01T00:00:00Z && uid < 5 || has(cookie[\"y\"])",
                1);
        Random random = new Random(3);
        String[] pieces = {
            "null",
            "{}",
            "[]",
            "-1",
            "1e309",
            "\"\"",
            "\"\\u0000\"",
            "true",
            "0.5",
            "[[",
            "\"*\"",
            "99999999999999999999"
        };
        long revision = 0;
        for (int i = 0; i < 1_500; i++) {
            StringBuilder text = new StringBuilder(good.replace("\"revision\":1}", "\"revision\":" + ++revision + "}"));
            int at = random.nextInt(text.length());
            text.replace(at, Math.min(text.length(), at + random.nextInt(12)), pieces[random.nextInt(pieces.length)]);
            assertThat(put(text.toString()).status()).as(text.toString()).isIn(200, 409, 422);
            revision = control.state().revision();
            assertThat(nginx.get("/decision?uid=1", "X: ab", "Cookie: y=1")).startsWith("HTTP/1.1 200");
        }
        assertThat(nginx.nginx.errors()).doesNotContain("exited on signal", "[alert]");
    }

    @Test
    void policyText_isNeverRun() throws Exception {
        List<String> hostile = List.of(
                "\"..os.execute('touch " + folder.resolve("pwned") + "')..\"",
                "]] os.exit() --",
                "%s%d%n",
                "\" } include /etc/passwd; {",
                "$uid ${uid} \\1 \\0",
                "\r\nX-Evil: 1",
                "%f[%w]%b()",
                "\u0000\u0001\u007f",
                "'; ngx.exit(500); --",
                "{{*}}",
                "\uD83D\uDE00\u202e\uFEFF",
                "*".repeat(500) + "a",
                "(".repeat(5_000));
        for (String text : hostile) {
            String quoted = "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
            for (String condition : List.of(
                    "uid == %s",
                    "uid in (%s, 1)", "uid like %s", "!(hash(uid, %s) < 50%%)", "has(cookie[%s])", "param[%s] == 1")) {
                EdgeModel model = LuaNginx.rule(condition.formatted(quoted));
                if (LuaPolicy.unsupported(model.policy()).isEmpty()) {
                    nginx.push(model);
                    String tag = nginx.tag("?a=1", "X-Uid: 5", "Cookie: x=1");
                    assertThat(tag).as(condition + quoted).isIn("T", "-");
                    if (text.chars().allMatch(c -> c >= ' ' && c <= '~')
                            && condition.startsWith("uid")
                            && text.length() < 1_000) {
                        assertThat(nginx.tag("", "X-Uid: " + text))
                                .as(condition + quoted)
                                .isEqualTo("T");
                    }
                } else {
                    assertThat(condition).contains("[");
                    assertThat(put(LuaPolicy.json(model, 1_000_000)).status()).isEqualTo(422);
                }
            }
        }
        assertThat(folder.resolve("pwned")).doesNotExist();
        assertThat(nginx.nginx.errors()).doesNotContain("[error]", "[alert]");
    }

    @Test
    void reload_keepsWhatWasPushed_overAnOlderFile() throws Exception {
        put(json("uid == 1", 5));
        Files.writeString(nginx.lastGood(), json("uid == 2", 4));
        Set<Long> before = workers();
        nginx.nginx.program().reload();

        await().until(() -> Collections.disjoint(before, workers()));
        control.await("all", state -> state.isEverywhere(5));
        assertThat(nginx.tag("?uid=1")).isEqualTo("T");
    }

    @Test
    void reload_takesAFileThatIsNewer() throws Exception {
        put(json("uid == 1", 5));
        Files.writeString(nginx.lastGood(), json("uid == 2", 6));
        nginx.nginx.program().reload();

        control.await("all", state -> state.isEverywhere(6));
        assertThat(nginx.tag("?uid=2")).isEqualTo("T");
    }

    @Test
    void worker_thatWasKilled_isFollowedByOneWithTheSamePolicy() throws Exception {
        put(json("uid == 1", 5));
        Set<Long> before = workers();
        before.forEach(worker -> ProcessHandle.of(worker).ifPresent(ProcessHandle::destroyForcibly));

        await().until(() -> workers().size() == 2 && Collections.disjoint(before, workers()));
        control.await("all", state -> state.isEverywhere(5));
        assertThat(nginx.tag("?uid=1")).isEqualTo("T");
        assertThat(put(json("uid == 2", 6)).status()).isEqualTo(200);
        control.await("all", state -> state.isEverywhere(6));
    }

    @Test
    void nginxThatWasKilled_startsWithTheLastGoodPolicy() throws Exception {
        Files.writeString(nginx.lastGood(), json("uid == 2", 4));
        restart();

        assertThat(control.state().revision()).isEqualTo(4);
        assertThat(nginx.tag("?uid=2")).isEqualTo("T");
        control.await("all", state -> state.isEverywhere(4));
    }

    @Test
    void fileThatIsGarbage_isPassedOver() throws Exception {
        Files.writeString(nginx.lastGood(), "{");
        restart();

        assertThat(control.state().revision()).isZero();
        assertThat(nginx.nginx.errors()).contains("policy.json is not used: found Expected");
        assertThat(nginx.get("/plain")).endsWith("plain");
    }

    private void restart() throws Exception {
        nginx.nginx.kill();
        nginx.nginx.removeSockets(folder.resolve("run"));
        nginx.nginx.start();
    }

    private Set<Long> workers() throws Exception {
        return nginx.nginx
                .master()
                .orElseThrow()
                .children()
                .map(ProcessHandle::pid)
                .collect(Collectors.toSet());
    }

    /** The settings had one more upstream before. */
    @Test
    void upstreamThatIsNotKnown_isPassedOverOnDisk() throws Exception {
        Files.writeString(nginx.lastGood(), json("uid == 2", 4).replace("\"web\"", "\"old\""));
        restart();

        assertThat(control.state().revision()).isEqualTo(4);
        assertThat(nginx.decision("?uid=2"))
                .startsWith("T")
                .contains("gray__none")
                .endsWith("4");
        assertThat(nginx.nginx.errors()).doesNotContain("[error]");
    }

    @Test
    void everybodysSocket_saysTheRevisionOfTheFiles_andTakesNoPolicy() throws Exception {
        UnixHttp everybody = new UnixHttp(folder.resolve("run/revision.sock"), Duration.ofSeconds(10));

        assertThat(everybody.get("/revision")).isEqualTo(new Response(200, "1"));
        assertThat(everybody.put("/policy", json("uid == 1", 5)).status()).isEqualTo(404);
        assertThat(everybody.get("/state").status()).isEqualTo(404);
        assertThat(control.state().revision()).isZero();
    }

    @Test
    void whatElseIsAsked_isNotFound() throws Exception {
        assertThat(nginx.socket.get("/").status()).isEqualTo(404);
        assertThat(nginx.get("/revision")).startsWith("HTTP/1.1 503"); // not over the network
    }
}
