package io.grayrelease.nginx.render;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

import static io.grayrelease.nginx.render.RenderedNginx.utf8;
import static org.assertj.core.api.Assertions.assertThat;

/** Each predicate, asked of a live Nginx. */
@EnabledIf("io.grayrelease.nginx.LiveNginx#isInstalled")
class PredicatesTest {
    private static final String LONG = "x".repeat(46);
    private static final String LONGER = "Y".repeat(47);

    @TempDir
    private Path folder;

    private final Map<String, String> keys = new LinkedHashMap<>();
    private final List<Case> cases = new ArrayList<>();

    /** What header x-v is where a condition holds, where it does not, and where that is unknown. */
    private record Case(String condition, List<String> yes, List<String> no, List<String> unknown) {}

    private void check(String condition, String yes, String... noes) {
        check(Map.of(), condition, List.of(yes), List.of(noes), List.of());
    }

    private void check(
            Map<String, String> lists, String condition, List<String> yes, List<String> no, List<String> unknown) {
        keys.putAll(lists);
        cases.add(new Case(condition, yes, no, unknown));
        String tag = "T" + cases.size();
        keys.put("gray.rule." + cases.size() + "-c" + cases.size(), condition + " => " + tag);
        keys.put("gray.route." + tag, "a:1");
    }

    /** All in one Nginx: to start one takes time. Rules that are unknown for a value come last, and hide those after them. */
    @AfterEach
    void ask() throws Exception {
        List<String> wrong = new ArrayList<>();
        try (RenderedNginx nginx = RenderedNginx.start(folder, RenderedNginx.policy(keys))) {
            for (int i = 0; i < cases.size(); i++) {
                String tag = "T" + (i + 1);
                for (String value : cases.get(i).yes()) {
                    expect(tags(nginx, value).contains(tag), cases.get(i), value, wrong);
                }
                for (String value : cases.get(i).no()) {
                    List<String> tags = tags(nginx, value);
                    expect(!tags.contains(tag) && !tags.contains(""), cases.get(i), value, wrong);
                }
                for (String value : cases.get(i).unknown()) {
                    expect(tags(nginx, value).contains(""), cases.get(i), value, wrong);
                }
            }
        }
        assertThat(wrong).isEmpty();
    }

    private static List<String> tags(RenderedNginx nginx, String value) throws IOException {
        return List.of(nginx.ask("x-v: " + value).tag().split(",", -1));
    }

    private static void expect(boolean right, Case of, String value, List<String> wrong) {
        if (!right) {
            wrong.add(of.condition() + ": " + value);
        }
    }

    @Test
    void equal_word_isComparedWithCase() {
        check("header[\"X-V\"] == Beta", "Beta", "beta", "BETA", "Beta2", "xBeta", "", "Bet");
    }

    @Test
    void equal_digits_isText() {
        check("header[\"x-v\"] == 7", "7", "07", "77", "");
    }

    @Test
    void equal_wordsOfNginx_areTexts() throws Exception {
        for (String word : List.of("default", "include", "hostnames", "volatile", "~1", "~*1", "*", "1.*", "-", "@1")) {
            check("header[\"x-v\"] == \"" + word + "\"", word, "1", "other", "");
        }
    }

    @Test
    void equal_signsOfNginx_areTexts() throws Exception {
        for (String text : List.of(
                ";", "{", "}", "a;b} {$uri", "$uri", "${http_x_v}", "'", "#1", "\\E", "a\\Eb", "1 2", "\\t", "\\n")) {
            check("header[\"x-v\"] == \"" + text.replace("\\", "\\\\") + "\"", text, "/", "1", "t");
        }
        check("header[\"x-v\"] == \"q\\\"q\"", "q\"q", "qq", "q");
        check("header[\"x-v\"] == \"\\\\\"", "\\", "\\\\", "");
    }

    @Test
    void equal_atTheBoundOfAHash_isCompared() {
        check("header[\"x-v\"] == " + LONG, LONG, LONG + "x", LONG.substring(1));
        check("header[\"x-v\"] == " + "1".repeat(46), "1".repeat(46), "1".repeat(47));
        check("header[\"x-v\"] == " + "1".repeat(47), "1".repeat(47), "1".repeat(46));
        check("header[\"x-v\"] == " + "1".repeat(3_000), "1".repeat(3_000), "1".repeat(2_999));
    }

    @Test
    void different_isFalseWhereItIsMissing() {
        check("header[\"x-v\"] != Beta", "beta", "Beta", "");
        check("header[\"x-v\"] != 7", "8", "7", "");
        check("!(header[\"x-v\"] == Beta)", "", "Beta");
        check("header[\"x-v\"] != \"\"", "1", "");
    }

    @Test
    void oneOf_few_areComparedWithCase() {
        check(
                Map.of(),
                "header[\"x-v\"] in (a, B, 1, \"\")",
                List.of("a", "B", "1"),
                List.of("A", "b", "2", ""),
                List.of());
    }

    @Test
    void oneOf_many_areComparedWithCase() throws Exception {
        List<String> texts = new ArrayList<>(List.of(
                "aB",
                "Ab",
                "AB",
                "c=c",
                "=d",
                "1+2",
                "42",
                "\"a\\\"b\"",
                "\"x;y\"",
                "~e",
                LONG,
                LONGER,
                "z" + LONGER,
                LONGER.toLowerCase(Locale.ROOT)));
        for (int i = 0; i < 20; i++) {
            texts.add("User-" + i);
            texts.add("L" + i + "-" + LONG);
        }
        List<String> quoted = texts.stream()
                .map(text -> text.startsWith("\"") ? text : '"' + text + '"')
                .toList();
        check(
                Map.of("gray.list.l", String.join(",", quoted)),
                "header[\"x-v\"] in @l",
                List.of(
                        "aB",
                        "Ab",
                        "AB",
                        "c=c",
                        "=d",
                        "1+2",
                        "42",
                        "a\"b",
                        "x;y",
                        "~e",
                        LONG,
                        LONGER,
                        "z" + LONGER,
                        LONGER.toLowerCase(Locale.ROOT),
                        "User-0",
                        "User-19",
                        "L7-" + LONG),
                List.of(
                        "ab",
                        "c",
                        "+",
                        "=",
                        "1",
                        "user-0",
                        "USER-19",
                        "User-20",
                        "",
                        LONG + "x",
                        LONGER + "Y",
                        "l7-" + LONG,
                        "L8" + LONG,
                        "=aB",
                        "User-0=User-0",
                        "d"),
                List.of());
    }

    @Test
    void oneOf_manyNegated_saysTheOpposite() throws Exception {
        StringBuilder list = new StringBuilder("u0");
        for (int i = 1; i < 20; i++) {
            list.append(",u").append(i);
        }
        check(
                Map.of("gray.list.l", list.toString()),
                "!(header[\"x-v\"] in @l)",
                List.of("U1", "u20", ""),
                List.of("u0", "u19"),
                List.of());
    }

    @Test
    void oneOf_notAscii_isUnknownForSuchAValue() {
        check(
                Map.of(),
                "header[\"x-v\"] in (1, \"张三\")",
                List.of("1"),
                List.of("2", ""),
                List.of(utf8("张三"), utf8("ü"), "1\u00ff"));
    }

    @Test
    void oneOf_manyNotAscii_isUnknownForSuchAValue() {
        StringBuilder many = new StringBuilder("\"ü\"");
        for (int i = 0; i < 20; i++) {
            many.append(",u").append(i);
        }
        check(
                Map.of("gray.list.l", many.toString()),
                "header[\"x-v\"] in @l",
                List.of("u7"),
                List.of("U7", ""),
                List.of(utf8("ü"), utf8("u7ü")));
    }

    @Test
    void equalNotAscii_suchAValue_isUnknown() {
        check(Map.of(), "header[\"x-v\"] == \"ü\"", List.of(), List.of("u", ""), List.of(utf8("ü"), "\u00fc"));
    }

    @Test
    void differentNotAscii_suchAValue_isUnknown() {
        check(Map.of(), "header[\"x-v\"] != \"ü\"", List.of("u"), List.of(""), List.of(utf8("ü")));
    }

    @Test
    void different_valueNotAscii_isDifferent() {
        check(Map.of(), "header[\"x-v\"] != u", List.of(utf8("ü")), List.of("u", ""), List.of());
    }

    @Test
    void likeNotAscii_suchAValue_isUnknown() {
        check(Map.of(), "header[\"x-v\"] like \"ü*\"", List.of(), List.of("u", ""), List.of(utf8("ü")));
    }

    @Test
    void likeNotAsciiWithoutStar_suchAValue_isUnknown() {
        check(Map.of(), "header[\"x-v\"] like \"ü\"", List.of(), List.of("u", ""), List.of(utf8("ü")));
    }

    @Test
    void like_starIsAnyRun() {
        check("header[\"x-v\"] like \"ios-*\"", "ios-", "Ios-1", "xios-", "ios", "");
        check("header[\"x-v\"] like \"*a*bc*d\"", "abcd", "abd", "abcdx", "bcad", "");
        check("header[\"x-v\"] like \"ab*ab\"", "abab", "ab", "aba", "abbb");
        check("header[\"x-v\"] like \"*\"", "x", "");
        check("header[\"x-v\"] like \"**\"", "x", "");
        check("header[\"x-v\"] like \"a.b\"", "a.b", "aXb", "");
        check("header[\"x-v\"] like \"*a\\\\Eb$uri*\"", "xa\\Eb$uri", "aEb/", "");
        check("header[\"x-v\"] like \"*" + "y".repeat(300) + "\"", "x" + "y".repeat(300), "y".repeat(299));
        check("header[\"x-v\"] like \"y*" + "y".repeat(300) + "\"", "y".repeat(301), "y".repeat(300));
        check("header[\"x-v\"] like \"y*y*" + "y".repeat(20) + "\"", "y".repeat(22), "y".repeat(21));
    }

    @Test
    void has_isNotEmpty() {
        check("has(header[\"x-v\"])", "0", "");
        check("!has(header[\"x-v\"])", "", "0");
    }

    @Test
    void remainder_isThatOfTheLastDigits() {
        check("header[\"x-v\"] % 100 < 5", "100", "99", "5", "-1", "x", "1x", "+5", "5.0", "", "-", "--100", "1-00");
        check(
                Map.of(),
                "header[\"x-v\"] % 100 < 5",
                List.of("0", "00", "4", "-100", "-99", "-96", "-0", "9".repeat(5_000) + "04"),
                List.of("-95", "-4", "-5", "9".repeat(5_000)),
                List.of());
        check(
                Map.of(),
                "header[\"x-v\"] % 8 in 3..5",
                List.of("3", "5", "1003", "-3", "-5", "0011"),
                List.of("2", "6", "-2", "-6", "8"),
                List.of());
        check(Map.of(), "header[\"x-v\"] % 1 == 0", List.of("3", "-5", "00"), List.of("a", "", "-"), List.of());
        check(
                Map.of(),
                "header[\"x-v\"] % 16 == 15",
                List.of("15", "31", "-1", "1000015"),
                List.of("0", "14", "-15"),
                List.of());
        check(
                Map.of(),
                "header[\"x-v\"] % 1000000000000000000 == 123456789012345678",
                List.of("123456789012345678", "9123456789012345678"),
                List.of("123456789012345679", "23456789012345678"),
                List.of());
        check(
                Map.of(),
                "header[\"x-v\"] % 1000000000000000000 in 1..987654321098765432",
                List.of("1", "987654321098765432", "001", "-999999999999999999"),
                List.of("0", "-1", "987654321098765433"),
                List.of());
        check(Map.of(), "header[\"x-v\"] % 10 in 20..30", List.of(), List.of("0", "25", "a", ""), List.of());
        check(Map.of(), "header[\"x-v\"] % 10 in 5..99", List.of("5", "-1", "9"), List.of("4", "-9"), List.of());
    }

    @Test
    void comparison_isOfWholeNumbers() {
        check(
                Map.of(),
                "header[\"x-v\"] < 100",
                List.of("99", "0", "-1", "-1000", "0099", "9", "-0"),
                List.of("100", "101", "1000", "0100", "", "x", "-", "1x", "+1", "1.0"),
                List.of());
        check(Map.of(), "header[\"x-v\"] <= 100", List.of("100", "-100", "000100"), List.of("101", "x", ""), List.of());
        check(
                Map.of(),
                "header[\"x-v\"] > 100",
                List.of("101", "1000", "00999"),
                List.of("100", "99", "-101", "x", "", "-"),
                List.of());
        check(
                Map.of(),
                "header[\"x-v\"] >= 100",
                List.of("100", "0100", "9".repeat(5_000)),
                List.of("99", "-100", "x", "-" + "9".repeat(5_000)),
                List.of());
        check(Map.of(), "header[\"x-v\"] < 0", List.of("-1", "-001"), List.of("0", "-0", "-000", "1", "-"), List.of());
        check(Map.of(), "header[\"x-v\"] <= 0", List.of("-1", "0", "-0", "00"), List.of("1", "01", "-", ""), List.of());
        check(
                Map.of(),
                "header[\"x-v\"] < -5",
                List.of("-6", "-10", "-006"),
                List.of("-5", "-05", "-4", "0", "5", "10", "-"),
                List.of());
        check(
                Map.of(),
                "header[\"x-v\"] > -10",
                List.of("-9", "0", "-0", "5", "-009"),
                List.of("-10", "-11", "-", "x", ""),
                List.of());
        check(Map.of(), "!(header[\"x-v\"] > -10)", List.of("-10", "x", "", "-"), List.of("-9", "0"), List.of());
        String big = "1".repeat(100);
        check(
                Map.of(),
                "header[\"x-v\"] < " + big,
                List.of("1".repeat(99) + "0", "1", "0".repeat(1_000) + "1".repeat(99) + "0"),
                List.of(big, "1".repeat(99) + "2", big + "0"),
                List.of());
    }
}
