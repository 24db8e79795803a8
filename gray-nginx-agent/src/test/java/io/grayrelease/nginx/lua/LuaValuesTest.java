package io.grayrelease.nginx.lua;

import java.nio.file.Path;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.grayrelease.gateway.ForgeableNames;

import static org.assertj.core.api.Assertions.assertThat;

/** What a real Nginx reads of a request, and what it says of it. */
@EnabledIf("io.grayrelease.nginx.LiveNginx#hasLua")
class LuaValuesTest {
    @TempDir
    static Path folder;

    private static LuaNginx nginx;

    @BeforeAll
    static void start() throws Exception {
        nginx = LuaNginx.start(folder, "127.0.0.1");
    }

    @AfterAll
    static void stop() throws Exception {
        nginx.close();
    }

    @ParameterizedTest
    @CsvFileSource(
            files = "../gray-gateway/src/test/resources/extraction-vectors.csv",
            delimiter = '|',
            quoteCharacter = '`')
    void cookiesAndParameters_areReadAsJavaReadsThem(String kind, String text, String expected) throws Exception {
        nginx.push(LuaNginx.rule("has(" + kind + "[\"uid\"])"));
        String[] decision = kind.equals("cookie") ? nginx.decision("", "Cookie: " + text) : nginx.decision("?" + text);

        assertThat(decision[1]).isEqualTo(expected);
        assertThat(decision[0]).isEqualTo(expected.isEmpty() ? "-" : "T");
    }

    /** Names that nginx's own variables could not be written with. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "a-b",
                "a_b",
                "a.b",
                "a$b",
                "a{b}",
                "a b",
                "a%b",
                "1",
                "A",
                "a\\\"b",
                "a\\\\b",
                "[x]",
                "a'b",
                "a)b",
                "http_host"
            })
    void name_ofAnyCharacters_isFoundExactly(String name) throws Exception {
        String raw = name.replace("\\\"", "\"").replace("\\\\", "\\");
        nginx.push(LuaNginx.rule("cookie[\"" + name + "\"] == 7"));
        assertThat(nginx.tag("", "Cookie: b=1; " + raw + "=7")).isEqualTo("T");
        assertThat(nginx.tag("", "Cookie: b=1; x" + raw + "=7")).isEqualTo("-");
        if (!raw.contains(" ")) { // else it is no request line
            nginx.push(LuaNginx.rule("param[\"" + name + "\"] == 7"));
            assertThat(nginx.tag("?b=1&" + raw + "=7&c=8")).isEqualTo("T");
            assertThat(nginx.tag("?b=1&x" + raw + "=7")).isEqualTo("-");
        }
    }

    /** nginx itself would take the rest of its memory for the value. */
    @Test
    void parameterWithAnAmpersandInItsName_isMissing() throws Exception {
        nginx.push(LuaNginx.rule("has(param[\"a&b\"])"));

        assertThat(nginx.tag("?a&b=7")).isEqualTo("-");
        assertThat(nginx.tag("?x=1&a&b=7&c=1")).isEqualTo("-");
    }

    @Test
    void header_theFirstOfItsNameInAnyCase_andNoOther() throws Exception {
        nginx.push(LuaNginx.rule("header[\"X-app\"] == \"a, b\""));
        assertThat(nginx.tag("", "x-APP: a, b", "X-App: c")).isEqualTo("T");
        assertThat(nginx.tag("", "X-App: a", "X-App: b")).isEqualTo("-");
        assertThat(nginx.tag("", "X-App:   a, b  ")).isEqualTo("T");

        nginx.push(LuaNginx.rule("has(header[\"x_app\"])"));
        assertThat(nginx.tag("", "X-App: a"))
                .as("nginx's variable would take it")
                .isEqualTo("-");

        nginx.push(LuaNginx.rule("header[\"x-forwarded-for\"] == 1.2.3.4"));
        assertThat(nginx.tag("", "X-Forwarded-For: 1.2.3.4", "X-Forwarded-For: 5.6.7.8"))
                .isEqualTo("T");
        nginx.push(LuaNginx.rule("header[\"cookie\"] == \"a=1\""));
        assertThat(nginx.tag("", "Cookie: a=1", "Cookie: b=2")).isEqualTo("T");
    }

    @Test
    void uid_theFirstSourceThatIsNotEmpty() throws Exception {
        nginx.push(LuaNginx.rule("uid == 7"));

        assertThat(nginx.decision("?uid=9", "X-Uid:", "Cookie: uid=7; uid=8")).startsWith("T", "7");
        assertThat(nginx.decision("?uid=9", "Cookie: uid=")).startsWith("-", "9");
        assertThat(nginx.decision("")).startsWith("-", "");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            emptyValue = "",
            value = {
                "`` | gray.tag=A%2CB | ``",
                "a=1 | a=1,gray.tag=A%2CB | a=1",
                "` a=1;p=q , gray.tag=X;z , b=2` | a=1;p=q,b=2,gray.tag=A%2CB | a=1;p=q,b=2",
                "`gray.tag =X` | gray.tag=A%2CB | ``",
                "`,, ,` | gray.tag=A%2CB | ``",
                "gray.tags=1,xgray.tag=2 | gray.tags=1,xgray.tag=2,gray.tag=A%2CB | gray.tags=1,xgray.tag=2",
                "Gray.Tag=1 | Gray.Tag=1,gray.tag=A%2CB | Gray.Tag=1",
                "gray.tag | gray.tag,gray.tag=A%2CB | gray.tag",
                "=gray.tag=1 | =gray.tag=1,gray.tag=A%2CB | =gray.tag=1",
            })
    void baggage_hasOurMemberOnce(String before, String decided, String undecided) throws Exception {
        nginx.push(LuaNginx.model(LuaNginx.policy(
                "gray.rule.1-a",
                "uid != 0 => A",
                "gray.rule.2-b",
                "uid == 1 || caller == x => B",
                "gray.route.A",
                "a:1",
                "gray.route.B",
                "a:2")));

        assertThat(nginx.decision("?uid=1", "Baggage: " + before)[2]).isEqualTo(decided);
        assertThat(nginx.decision("?uid=2", "Baggage: " + before)[2]).isEqualTo(undecided);
    }

    @Test
    void baggage_ofSeveralHeaders_isOne_andNeverTooLong() throws Exception {
        nginx.push(LuaNginx.rule("true"));

        assertThat(nginx.decision("", "Baggage: a=1", "baggage: gray.tag=X", "BAGGAGE: b=2")[2])
                .isEqualTo("a=1,b=2,gray.tag=T");
        String fits = "a=" + "x".repeat(4_000) + ",b=" + "y".repeat(8_192 - 4_000 - 2 - 3 - ",gray.tag=T".length());
        int comma = fits.indexOf(',');
        String[] halves = {"Baggage: " + fits.substring(0, comma), "Baggage: " + fits.substring(comma + 1)};
        assertThat(nginx.decision("", halves)[2]).isEqualTo(fits + ",gray.tag=T");
        halves[1] += "y";
        assertThat(nginx.decision("", halves)[2]).isEqualTo(fits + "y");
    }

    @Test
    void forgeableHeaders_areMissing() throws Exception {
        for (String name : ForgeableNames.all()) {
            nginx.push(LuaNginx.rule("has(header[\"" + name + "\"])"));
            assertThat(nginx.tag("", name + ": x")).as(name).isEqualTo("-");
        }
    }
}
