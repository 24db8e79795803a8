package io.grayrelease.policy.parse;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import io.grayrelease.policy.model.Condition;
import io.grayrelease.policy.model.DataMigration;
import io.grayrelease.policy.model.DataPhase;
import io.grayrelease.policy.model.GrayPolicy;
import io.grayrelease.policy.model.Route;
import io.grayrelease.policy.model.Rule;
import io.grayrelease.policy.model.Snapshot;
import io.grayrelease.policy.model.Value;

import static org.assertj.core.api.Assertions.assertThat;

class PolicyParserTest {
    static Stream<String> valid() {
        return PolicyFiles.names("valid");
    }

    static Stream<String> invalid() {
        return PolicyFiles.names("invalid");
    }

    @ParameterizedTest
    @MethodSource("valid")
    void validPolicy_isAcceptedWithTheWarningsBesideIt(String name) throws IOException {
        ParseResult result = PolicyParser.parse(PolicyFiles.read("valid", name));

        assertThat(PolicyFiles.lines(result.errors())).isEmpty();
        assertThat(PolicyFiles.lines(result.warnings())).isEqualTo(PolicyFiles.expected("valid", name, ".warnings"));
    }

    @ParameterizedTest
    @MethodSource("invalid")
    void invalidPolicy_isRejectedWithTheProblemsBesideIt(String name) throws IOException {
        ParseResult result = PolicyParser.parse(PolicyFiles.read("invalid", name));

        assertThat(PolicyFiles.lines(result.errors()))
                .isNotEmpty()
                .isEqualTo(PolicyFiles.expected("invalid", name, ".problems"));
        assertThat(result.policy()).isNull();
    }

    private static GrayPolicy policy(String name) throws IOException {
        return PolicyParser.parse(PolicyFiles.read("valid", name)).policy();
    }

    private static Condition condition(String text) {
        return rule(text + " => baseline").condition();
    }

    private static Rule rule(String text) {
        ParseResult result = PolicyParser.parse(
                Snapshot.of(Map.of("gray.rule.1-name", text, "gray.route.T", "a:1", "gray.list.l", "x, y")));
        assertThat(PolicyFiles.lines(result.errors())).isEmpty();
        return result.policy().rules().get(0);
    }

    private static final Value UID = Value.of(Value.Kind.UID);

    @Test
    void contractExample_meansWhatItSays() throws IOException {
        GrayPolicy policy = policy("contract-example");

        assertThat(policy.on()).isTrue();
        assertThat(policy.lists().get("testers")).containsExactly("1001", "1002", "100003");
        assertThat(policy.rules())
                .extracting(Rule::name)
                .containsExactly("blocked", "testers", "order-1pct", "ios-30", "search");
        assertThat(policy.rules()).extracting(Rule::tag).containsExactly(null, "T", "T", "T", "search-v5");
        assertThat(policy.rules().get(0).stop()).isTrue();
        Route route = policy.routes().get("T");
        assertThat(route.targets()).hasToString("com.acme.OrderService:2.0.0, stock-app:2.1.0");
        assertThat(route.fallback()).isEqualTo(Route.Fallback.BASELINE);
        assertThat(policy.routes().get("search-v5").fallback()).isEqualTo(Route.Fallback.STRICT);
        assertThat(policy.baseline()).hasToString("com.acme.OrderService:1.0.0");
        assertThat(policy.whenBaselineEmpty()).isEqualTo(GrayPolicy.WhenBaselineEmpty.GRAY);
    }

    @Test
    void and_bindsTighterThanOr_andNotTightest() {
        Condition a = Condition.Equal.of(UID, "a");
        Condition b = Condition.Equal.of(UID, "b");
        Condition c = Condition.Equal.of(UID, "c");

        assertThat(condition("uid == a || uid == b && !uid == c"))
                .isEqualTo(Condition.Or.of(List.of(a, Condition.And.of(List.of(b, Condition.Not.of(c))))));
        assertThat(condition("(uid == a || uid == b) && uid == c"))
                .isEqualTo(Condition.And.of(List.of(Condition.Or.of(List.of(a, b)), c)));
    }

    @Test
    void hash_saltDefaultsToTheName_soOrderMovesNobody() {
        assertThat(condition("hash(uid) < 5%")).isEqualTo(Condition.Hash.of(UID, "name", 0, 500));
        assertThat(condition("hash(uid, \"s\") in 0.5%..99.99%")).isEqualTo(Condition.Hash.of(UID, "s", 50, 9_999));
        assertThat(condition("hash(uid) < 100%")).isEqualTo(Condition.Hash.of(UID, "name", 0, 10_000));
    }

    @Test
    void literals_areStringsIntegersAndBareWords() {
        assertThat(condition("uid == \"a \\\"b\\\\ c\"")).isEqualTo(Condition.Equal.of(UID, "a \"b\\ c"));
        assertThat(condition("uid == -007")).isEqualTo(Condition.Equal.of(UID, "-007"));
        assertThat(condition("uid == a.b_c@d:e/f-g")).isEqualTo(Condition.Equal.of(UID, "a.b_c@d:e/f-g"));
        assertThat(condition("uid == 0..9")).isEqualTo(Condition.Equal.of(UID, "0..9"));
    }

    @Test
    void argument_hasAnIndexAndAPath() {
        assertThat(condition("arg[2].customer.level == gold"))
                .isEqualTo(Condition.Equal.of(Value.argument(2, List.of("customer", "level")), "gold"));
    }

    @Test
    void options_stopAndOff_inAnyOrder() {
        Rule rule = rule("true => T ; off ; stop");
        assertThat(rule.off()).isTrue();
        assertThat(rule.stop()).isTrue();
        assertThat(rule("true => T").stop()).isFalse();
    }

    @Test
    void rulesAreOrdered_numericallyThenByName() throws IOException {
        assertThat(policy("order-is-numeric").rules())
                .extracting(Rule::name)
                .containsExactly("nine", "also-ten", "ten", "very-late");
    }

    @Test
    void listPieces_areOneList() throws IOException {
        assertThat(policy("list-in-pieces").lists().get("testers")).containsExactly("1", "2", "3", "four, five", "6");
    }

    @Test
    void migrations_haveTheirPhaseAndTag_switchedOffToo() throws IOException {
        Map<String, DataMigration> migrations = policy("every-phase").migrations();

        assertThat(migrations).hasSize(9);
        assertThat(migrations.get("order-v2")).isEqualTo(DataMigration.of("order-v2", DataPhase.GRAY_READ, "T"));
        assertThat(migrations.get("steps-back.2"))
                .extracting(DataMigration::text)
                .isEqualTo("CAPTURE; read=T");
        assertThat(migrations.get("7")).isEqualTo(DataMigration.of("7", DataPhase.NEW_PRIMARY, null));
        GrayPolicy off = policy("switch-off-with-phases");
        assertThat(off.on()).isFalse();
        assertThat(off.migrations().get("order-v2").phase()).isEqualTo(DataPhase.NEW_PRIMARY);
    }

    @Test
    void longValue_isAWarning() {
        ParseResult result =
                PolicyParser.parse(Snapshot.of(Map.of("gray.list.l", "1".repeat(16_001), "gray.switch", "on")));

        assertThat(PolicyFiles.lines(result.warnings())).anyMatch(line -> line.contains("gray.list.l: found 16001"));
    }

    @Test
    void hostileNesting_isAProblem() {
        for (String opening : List.of("(", "!")) {
            ParseResult result = PolicyParser.parse(
                    Snapshot.of(Map.of("gray.rule.1-a", opening.repeat(20_000) + "true => baseline")));
            assertThat(PolicyFiles.lines(result.errors()))
                    .singleElement()
                    .asString()
                    .contains("at most 100 nested");
        }
    }

    @Test
    void manyConflicts_areToldUpToABound() {
        Map<String, String> keys = new HashMap<>(Map.of("gray.route.A", "x:1", "gray.route.B", "x:2"));
        for (int i = 0; i < 1_000; i++) {
            keys.put("gray.rule." + i + "-r" + i, "uid like \"" + i + "*\" => " + (i % 2 == 0 ? "A" : "B"));
        }

        assertThat(PolicyParser.parse(Snapshot.of(keys)).warnings()).hasSize(100);
    }

    @Test
    void tagsTooLongTogether_areAWarning() {
        assertThat(warningsOfTags(31, 32)).isEmpty(); // 31 * 63 + 31 + 32 characters and 32 commas: 2048
        assertThat(warningsOfTags(32, 32)).singleElement().asString().startsWith("namespace: found 2049 characters");
    }

    /** The warnings of a policy with 31 tags of 63 characters and two of other lengths, each used twice. */
    private static List<String> warningsOfTags(int first, int second) {
        Map<String, String> keys = new HashMap<>();
        for (int i = 10; i < 43; i++) {
            String tag = (i + "x".repeat(61)).substring(0, i == 10 ? first : i == 11 ? second : 63);
            keys.put("gray.rule." + i + "-a" + i, "true => " + tag);
            keys.put("gray.rule." + i + "-b" + i, "uid == 1 => " + tag);
            keys.put("gray.rule." + i + "-off" + i, "true => off" + i + " ; off");
            keys.put("gray.route." + tag, "app" + i + ":1");
            keys.put("gray.route.off" + i, "app" + i + ":1");
        }
        return PolicyFiles.lines(PolicyParser.parse(Snapshot.of(keys)).warnings());
    }

    @Test
    void switchedOff_isSeenWhateverElseIsThere() {
        assertThat(PolicyParser.isSwitchedOff(Snapshot.of(Map.of("gray.switch", " off ", "gray.x", "garbage"))))
                .isTrue();
        for (String value : List.of("\u00a0off", "off\u00a0", "\u3000off\u3000", "\toff\u00a0 ")) {
            assertThat(PolicyParser.isSwitchedOff(Snapshot.of(Map.of("gray.switch", value, "gray.x", "garbage"))))
                    .as(value)
                    .isTrue();
        }
        assertThat(PolicyParser.isSwitchedOff(Snapshot.of(Map.of("gray.switch", "off on"))))
                .isFalse();
        assertThat(PolicyParser.isSwitchedOff(Snapshot.of(Map.of("gray.switch", "of"))))
                .isFalse();
        assertThat(PolicyParser.isSwitchedOff(Snapshot.of(Map.of()))).isFalse();
    }

    /** Mutations of the valid policies: never an exception, and what is accepted is complete. */
    @Test
    void anyText_isAcceptedOrRejectedNeverThrown() throws IOException {
        Random random = new Random(20261123);
        String alphabet = "uidhas()<>=!&|%.,;:\"\\@#*[]0159 TtrueinOff-\t，\u0000";
        for (String name : valid().toList()) {
            Snapshot snapshot = PolicyFiles.read("valid", name);
            for (int round = 0; round < 300; round++) {
                Map<String, String> mutated = new HashMap<>(snapshot.values());
                mutated.replaceAll((key, value) -> mutate(value, alphabet, random));
                ParseResult result = PolicyParser.parse(Snapshot.of(mutated));

                assertThat(result.policy() == null).isNotEqualTo(result.errors().isEmpty());
                if (result.policy() != null) {
                    assertThat(result.policy().routes().keySet())
                            .containsAll(result.policy().rules().stream()
                                    .map(Rule::tag)
                                    .filter(tag -> tag != null)
                                    .toList());
                }
            }
        }
    }

    private static String mutate(String value, String alphabet, Random random) {
        StringBuilder text = new StringBuilder(value);
        for (int i = random.nextInt(3); i > 0 && text.length() > 0; i--) {
            int at = random.nextInt(text.length());
            char c = alphabet.charAt(random.nextInt(alphabet.length()));
            switch (random.nextInt(3)) {
                case 0 -> text.insert(at, c);
                case 1 -> text.setCharAt(at, c);
                default -> text.deleteCharAt(at);
            }
        }
        return text.toString();
    }
}
