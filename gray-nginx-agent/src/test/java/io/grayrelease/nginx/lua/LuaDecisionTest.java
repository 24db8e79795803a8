package io.grayrelease.nginx.lua;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Random;

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
import io.grayrelease.nginx.model.EdgeModel;
import io.grayrelease.nginx.model.ServiceUpstream;
import io.grayrelease.policy.decide.Bucketing;
import io.grayrelease.policy.model.Condition;
import io.grayrelease.policy.model.GrayPolicy;
import io.grayrelease.policy.model.Rule;
import io.grayrelease.policy.model.Snapshot;
import io.grayrelease.policy.model.Value;

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

    @ParameterizedTest
    @CsvFileSource(
            files = "../gray-apollo-policy/src/test/resources/bucketing-vectors.csv",
            numLinesToSkip = 1,
            emptyValue = "")
    void bucket_isThatOfSplitClients(String salt, String key, int bucket) throws Exception {
        nginx.push(condition(Condition.Hash.of(Value.of(Value.Kind.UID), salt, bucket, bucket + 1)));
        String text = new String(key.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
        boolean isAscii = key.chars().allMatch(c -> c < 0x80);

        assertThat(nginx.tag("", "X-Uid: " + text)).isEqualTo(isAscii ? key.isEmpty() ? "-" : "T" : "");
    }

    /** Under the salt s their hashes are 0, the largest ones, and those on both sides of bounds. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "bhJ2BR", "c55CAv", "feq0oe", "dje97A", "tlViT9", "dhbKqk", "vrKDhc", "f0bA4Z", "ik7OqS", "7gEwyx",
                "gzdQ0u", "b6nuer", "111628", "206352", "222446", "1329625", "1398963"
            })
    void bucket_atItsBounds_isThatOfJava(String key) throws Exception {
        int bucket = Bucketing.bucket("s", key);
        for (int from = Math.max(0, bucket - 1); from <= Math.min(9_999, bucket + 1); from++) {
            nginx.push(condition(Condition.Hash.of(Value.of(Value.Kind.UID), "s", from, from + 1)));
            assertThat(nginx.tag("", "X-Uid: " + key)).isEqualTo(from == bucket ? "T" : "-");
        }
        nginx.push(condition(Condition.Hash.of(Value.of(Value.Kind.UID), "s", bucket, 10_000)));
        assertThat(nginx.tag("", "X-Uid: " + key)).isEqualTo("T");
    }

    private static EdgeModel condition(Condition condition) {
        Rule rule = Rule.tagging(Rule.Id.of("gray.rule.1-r", BigInteger.ONE, "r", ""), condition, "T", false, false);
        return LuaNginx.model(
                GrayPolicy.builder(Snapshot.of(Map.of())).rules(List.of(rule)).build());
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
        assertThat(nginx.decision("?uid=7", "baggage: gray.tag=A,b=1")).startsWith("", "7", "b=1", "gray_none");
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

    /** Moduli of 1 to 60 digits and values of 1 to 200, beside BigInteger. */
    @Test
    void remainder_ofAnySize_isExact() throws Exception {
        Random random = new Random(7);
        for (int i = 0; i < 1_500; i++) {
            BigInteger modulus = number(random, 60).abs().add(BigInteger.ONE);
            BigInteger value = near(random, number(random, 200), modulus);
            BigInteger remainder = value.mod(modulus);
            BigInteger first = remainder.add(BigInteger.valueOf(random.nextInt(3) - 1));
            BigInteger last = first.add(BigInteger.valueOf(random.nextInt(2)));
            boolean expected = remainder.compareTo(first) >= 0 && remainder.compareTo(last) <= 0;
            nginx.push(condition(Condition.Modulo.of(Value.of(Value.Kind.UID), modulus, first, last)));

            assertThat(nginx.tag("", "X-Uid: " + value))
                    .as("%s mod %s in %s..%s", value, modulus, first, last)
                    .isEqualTo(expected ? "T" : "-");
        }
    }

    private static BigInteger number(Random random, int maxDigits) {
        StringBuilder digits = new StringBuilder(random.nextBoolean() ? "-" : "");
        int count = 1 + random.nextInt(maxDigits);
        for (int i = 0; i < count; i++) {
            digits.append(random.nextInt(4) == 0 ? 9 : random.nextInt(3) == 0 ? 0 : random.nextInt(10));
        }
        return new BigInteger(digits.toString());
    }

    /** Often a multiple of the modulus, or beside one: there the guess of a quotient is at its worst. */
    private static BigInteger near(Random random, BigInteger value, BigInteger modulus) {
        return random.nextBoolean()
                ? value
                : value.divide(modulus).multiply(modulus).add(BigInteger.valueOf(random.nextInt(3) - 1));
    }

    @Test
    void comparison_ofAnySize_isExact() throws Exception {
        Random random = new Random(8);
        for (int i = 0; i < 300; i++) {
            BigInteger number = number(random, 40);
            BigInteger value =
                    random.nextBoolean() ? number(random, 40) : number.add(BigInteger.valueOf(random.nextInt(3) - 1));
            nginx.push(condition(
                    Condition.Comparison.of(Value.of(Value.Kind.UID), Condition.Comparison.Operator.LESS, number)));

            assertThat(nginx.tag("", "X-Uid: " + value))
                    .as("%s < %s", value, number)
                    .isEqualTo(value.compareTo(number) < 0 ? "T" : "-");
        }
    }

    @Test
    void longValues_costNoMoreThanReadingThem() throws Exception {
        String modulus = "9".repeat(2_000);
        nginx.push(condition(Condition.Modulo.of(
                Value.of(Value.Kind.UID), new BigInteger(modulus), BigInteger.ZERO, BigInteger.ZERO)));
        long before = System.nanoTime();

        assertThat(nginx.tag("", "X-Uid: " + modulus + modulus)).isEqualTo("T");
        assertThat(nginx.tag("", "X-Uid: " + modulus + modulus + "1")).isEqualTo("-");
        assertThat(nginx.tag("", "Baggage: a" + " ".repeat(7_000) + "b")).isEqualTo("-");
        assertThat(System.nanoTime() - before).isLessThan(1_000_000_000L);
    }

    @Test
    void forgeableHeaders_areMissing() throws Exception {
        for (String name : ForgeableNames.all()) {
            nginx.push(LuaNginx.rule("has(header[\"" + name + "\"])"));
            assertThat(nginx.tag("", name + ": x")).as(name).isEqualTo("-");
        }
    }
}
