package io.grayrelease.nginx.lua;

import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.grayrelease.nginx.model.EdgeModel;
import io.grayrelease.nginx.model.ServiceUpstream;

import static org.assertj.core.api.Assertions.assertThat;

/** Every kind of condition with its corners, decided by a real Nginx. */
@EnabledIf("io.grayrelease.nginx.LiveNginx#hasLua")
class LuaDecisionTest {
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

    /** Expected: T, - or nothing, which is undecided. Texts are sent in ISO-8859-1, so é is one byte that is no UTF-8. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '`',
            emptyValue = "",
            value = {
                "true ~ `` ~ T",
                "uid == 7 ~ 7 ~ T",
                "uid == 7 ~ 07 ~ -",
                "uid == 7 ~ `` ~ -",
                "uid == a ~ A ~ -",
                "uid != 7 ~ 8 ~ T",
                "uid != 7 ~ 7 ~ -",
                "uid != 7 ~ `` ~ -",
                "!(uid == 7) ~ `` ~ T",
                "uid == \"\" ~ `` ~ -",
                "uid == \"a b\" ~ a b ~ T",
                "uid == \"张三\" ~ a ~ -",
                "uid == \"张三\" ~ é ~ ``",
                "uid != \"张三\" ~ a ~ T",
                "uid != \"张三\" ~ é ~ ``",
                "uid != \"张三\" ~ `` ~ -",
                "uid != a ~ é ~ T",
                "uid == a ~ é ~ -",
                "uid in (1, 2, \"a b\") ~ 2 ~ T",
                "uid in (1, 2, \"a b\") ~ a b ~ T",
                "uid in (1, 2) ~ 3 ~ -",
                "uid in (1, \"é\") ~ 1 ~ T",
                "uid in (1, \"é\") ~ 2 ~ -",
                "uid in (1, \"é\") ~ é ~ ``",
                "uid like \"ios-*\" ~ ios-1 ~ T",
                "uid like \"ios-*\" ~ ios- ~ T",
                "uid like \"ios-*\" ~ IOS-1 ~ -",
                "uid like \"ios-*\" ~ xios-1 ~ -",
                "uid like \"*\" ~ a ~ T",
                "uid like \"*\" ~ `` ~ -",
                "uid like \"*\" ~ é ~ T",
                "uid like \"a*b\" ~ aé*b ~ T",
                "uid like \"a*é\" ~ ab ~ -",
                "uid like \"a*é\" ~ aé ~ ``",
                "uid like \"ab\" ~ ab ~ T",
                "uid like \"ab\" ~ abc ~ -",
                "uid like \"ab*ba\" ~ aba ~ -",
                "uid like \"ab*ba\" ~ abba ~ T",
                "uid like \"*b*b*\" ~ abab ~ T",
                "uid like \"*b*b*\" ~ aba ~ -",
                "uid like \"a**b\" ~ ab ~ T",
                "uid like \"a*bc*c\" ~ abc ~ -",
                "uid like \"%a+.*\" ~ %a+.x ~ T",
                "uid like \"%a+.*\" ~ aaax ~ -",
                "uid like \"[0-9]*\" ~ 5 ~ -",
                "uid like \"^a$\" ~ a ~ -",
                "uid % 100 < 5 ~ 104 ~ T",
                "uid % 100 < 5 ~ 105 ~ -",
                "uid % 100 < 5 ~ 5.0 ~ -",
                "uid % 100 < 5 ~ +4 ~ -",
                "uid % 100 < 5 ~ 1e2 ~ -",
                "uid % 100 < 5 ~ 0x64 ~ -",
                "uid % 100 < 5 ~ - ~ -",
                "uid % 100 < 5 ~ é ~ -",
                "uid % 100 == 4 ~ 0000000000000000000000000000000000000000000000104 ~ T",
                "uid % 100 == 95 ~ -5 ~ T",
                "uid % 100 == 0 ~ -0 ~ T",
                "uid % 100 == 0 ~ -100 ~ T",
                "uid % 100 in 10..19 ~ 9007199254740993000000000000000019 ~ T",
                "uid % 100 in 10..19 ~ 9007199254740993000000000000000020 ~ -",
                "uid % 7 in 9..12 ~ 3 ~ -",
                "uid % 7 in -5..-1 ~ 3 ~ -",
                "uid % 7 in -5..0 ~ 14 ~ T",
                "uid % 7 in 6..100 ~ 13 ~ T",
                "uid % 1 == 0 ~ 3 ~ T",
                "uid < 5 ~ 4 ~ T",
                "uid < 5 ~ 5 ~ -",
                "uid <= 5 ~ 005 ~ T",
                "uid < 5 ~ -6 ~ T",
                "uid < -5 ~ -6 ~ T",
                "uid < -5 ~ -5 ~ -",
                "uid >= 0 ~ -0 ~ T",
                "uid > 0 ~ -0 ~ -",
                "uid < 0 ~ -0 ~ -",
                "uid > 9007199254740993 ~ 9007199254740994 ~ T",
                "uid > 9007199254740993 ~ 9007199254740993 ~ -",
                "uid > 9007199254740992 ~ 9007199254740993 ~ T",
                "uid > 5 ~ 5x ~ -",
                "hash(uid) < 100% ~ 1 ~ T",
                "hash(uid) < 100% ~ `` ~ -",
                "hash(uid) < 0% ~ 1 ~ -",
                "hash(uid) in 100%..100% ~ 1 ~ -",
                "hash(uid) < 100% ~ é ~ ``",
                "hash(uid, \"盐\") in 0%..100% ~ 1 ~ T",
                "has(uid) ~ x ~ T",
                "has(uid) ~ `` ~ -",
                "has(uid) ~ é ~ T",
                "caller == a ~ 1 ~ ``",
                "service != a ~ 1 ~ ``",
                "method like \"*\" ~ 1 ~ ``",
                "arg[0].a % 5 in 7..9 ~ 1 ~ ``",
                "has(arg[0]) ~ 1 ~ ``",
                "!has(arg[0]) ~ 1 ~ ``",
                "has(arg[0]) && uid == 2 ~ 1 ~ -",
                "uid == 2 && has(arg[0]) ~ 1 ~ -",
                "uid == 1 && has(arg[0]) ~ 1 ~ ``",
                "has(arg[0]) || uid == 1 ~ 1 ~ T",
                "has(arg[0]) || uid == 2 ~ 1 ~ ``",
                "!(has(arg[0]) && uid == 2) ~ 1 ~ T",
                "has(attachment[\"uid\"]) ~ 1 ~ -",
                "attachment[\"uid\"] != 2 ~ 1 ~ -",
                "has(header[\"X-Gray-Tag\"]) ~ 1 ~ -",
                "now in 2020-01-01T00:00:00Z .. 2999-01-01T00:00:00+08:00 ~ 1 ~ T",
                "now in 2020-01-01T00:00:00Z .. 2021-01-01T00:00:00Z ~ 1 ~ -",
                "now in 2998-01-01T00:00:00Z .. 2999-01-01T00:00:00Z ~ 1 ~ -",
            })
    void condition_isDecidedAsSpecified(String condition, String uid, String expected) throws Exception {
        nginx.push(LuaNginx.rule(condition));

        assertThat(nginx.tag("", "X-Uid: " + uid, "x-gray-tag: forged")).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "ip == 10.0.0.0/8 | 10.255.0.1 | T",
                "ip == 10.0.0.0/8 | 11.0.0.0 | -",
                "ip == 10.1.2.3/8 | 10.9.9.9 | T",
                "ip == 10.0.0.0/9 | 10.127.255.255 | T",
                "ip == 10.0.0.0/9 | 10.128.0.0 | -",
                "ip == 0.0.0.0/0 | 203.0.113.9 | T",
                "ip == 0.0.0.0/0 | 2001:db8::1 | -",
                "ip == \"::/0\" | 2001:db8::1 | T",
                "ip == \"::/0\" | 203.0.113.9 | -",
                "ip == 10.0.0.1 | 10.0.0.1 | T",
                "ip == 10.0.0.1/32 | 10.0.0.1 | T",
                "ip == \"::ffff:10.0.0.1\" | 10.0.0.1 | T",
                "ip == 10.0.0.1 | ::ffff:10.0.0.1 | T",
                "ip != 10.0.0.0/8 | ::ffff:10.0.0.1 | -",
                "ip == \"2001:DB8:0::1\" | 2001:db8::1 | T",
                "ip == \"2001:db8::/33\" | 2001:db8:7fff::1 | T",
                "ip == \"2001:db8::/33\" | 2001:db8:8000::1 | -",
                "ip != 10.0.0.0/8 | 11.0.0.1 | T",
                "ip != 10.0.0.0/8 | 10.0.0.1 | -",
                "ip in (192.0.2.1, 10.0.0.0/8, \"fd00::/8\") | fd12::1 | T",
                "ip in (192.0.2.1, 10.0.0.0/8, \"fd00::/8\") | 192.0.2.1 | T",
                "ip in (192.0.2.1, 10.0.0.0/8, \"fd00::/8\") | 192.0.2.2 | -",
                "ip like \"10.*\" | 10.0.0.1 | T",
                "ip == \"no address\" | 10.0.0.1 | -",
                "ip != \"no address\" | 10.0.0.1 | T",
            })
    void ip_isComparedByItsBytes(String condition, String address, String expected) throws Exception {
        nginx.push(LuaNginx.rule(condition));

        assertThat(nginx.tag("", "X-Forwarded-For: " + address)).isEqualTo(expected);
    }

    @Test
    void rules_addTheirTagsInOrder_eachOnce() throws Exception {
        nginx.push(LuaNginx.model(LuaNginx.policy(
                "gray.rule.0-b",
                "uid == 0 => baseline",
                "gray.rule.1-o",
                "uid == 1 => A ; off",
                "gray.rule.2-a",
                "uid > 1 => B",
                "gray.rule.3-c",
                "uid > 2 => A",
                "gray.rule.4-d",
                "uid > 3 => B",
                "gray.rule.5-e",
                "uid > 4 => C ; stop",
                "gray.rule.6-f",
                "uid == 5 || caller == x => D",
                "gray.rule.7-g",
                "uid == 6 => baseline",
                "gray.route.A",
                "a:1",
                "gray.route.B",
                "a:2",
                "gray.route.C",
                "a:3",
                "gray.route.D",
                "a:4")));

        assertThat(nginx.tag("?uid=0")).isEqualTo("-");
        assertThat(nginx.tag("?uid=1")).as("the caller is not known").isEmpty();
        assertThat(nginx.tag("?uid=4")).isEmpty();
        assertThat(nginx.tag("?uid=5")).as("ended before").isEqualTo("B,A,C");
    }

    @Test
    void baselineRule_dropsTheTagsBefore() throws Exception {
        nginx.push(LuaNginx.model(LuaNginx.policy(
                "gray.rule.1-a",
                "true => A",
                "gray.rule.2-b",
                "uid == 7 => baseline",
                "gray.rule.3-c",
                "true => B",
                "gray.route.A",
                "a:1",
                "gray.route.B",
                "a:2")));

        assertThat(nginx.tag("?uid=7")).isEqualTo("-");
        assertThat(nginx.tag("?uid=8")).isEqualTo("A,B");
    }

    @Test
    void switchedOff_isBaseline_andWithoutPolicyNothingIsDecided() throws Exception {
        nginx.push(LuaNginx.model(
                LuaNginx.policy("gray.switch", "off", "gray.rule.1-a", "caller == x => A", "gray.route.A", "a:1")));
        assertThat(nginx.decision("?uid=7")).startsWith("-", "7", "gray.tag=-", "gray_web");

        nginx.push(new EdgeModel(null, LuaNginx.SOURCES, List.of(new ServiceUpstream("web", List.of(), Map.of()))));
        assertThat(nginx.decision("?uid=7", "baggage: gray.tag=A,b=1")).startsWith("", "7", "b=1", "gray__none");
    }

    @Test
    void window_opensAndCloses() throws Exception {
        Instant from = Instant.now().plusMillis(400).truncatedTo(ChronoUnit.MILLIS);
        Instant to = from.plusMillis(400);
        nginx.push(LuaNginx.rule("now in " + from + " .. " + to));
        boolean wasOpen = false;
        while (Instant.now().isBefore(to.plusMillis(50))) {
            Instant before = Instant.now();
            String tag = nginx.tag("");
            Instant after = Instant.now();
            wasOpen |= tag.equals("T");
            if (after.isBefore(from) || before.minusMillis(20).isAfter(to)) {
                assertThat(tag).isEqualTo("-");
            } else if (before.minusMillis(20).isAfter(from) && after.isBefore(to)) {
                assertThat(tag).isEqualTo("T");
            }
        }
        assertThat(wasOpen).isTrue();
    }
}
