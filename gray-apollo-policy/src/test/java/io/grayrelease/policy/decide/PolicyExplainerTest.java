package io.grayrelease.policy.decide;

import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import io.grayrelease.policy.decide.Explanation.ExplainedRule;
import io.grayrelease.policy.decide.Explanation.Outcome;
import io.grayrelease.policy.model.GrayPolicy;
import io.grayrelease.policy.model.Snapshot;
import io.grayrelease.policy.model.Tags;
import io.grayrelease.policy.model.Value;
import io.grayrelease.policy.parse.ParseResult;
import io.grayrelease.policy.parse.PolicyFiles;
import io.grayrelease.policy.parse.PolicyParser;

import static org.assertj.core.api.Assertions.assertThat;

class PolicyExplainerTest {
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-11T08:00:00Z"), ZoneOffset.UTC);
    private static final int REQUESTS = 2_000;

    static Stream<String> policies() {
        return PolicyFiles.names("valid");
    }

    @ParameterizedTest
    @MethodSource("policies")
    void rules_ofEveryPolicyAndManyRequests_leadToTheTagsOfTheEvaluator(String name) throws IOException {
        GrayPolicy policy = policy(PolicyFiles.read("valid", name));
        PolicyEvaluator evaluator = PolicyEvaluator.of(policy, CLOCK);
        PolicyExplainer explainer = PolicyExplainer.of(policy, CLOCK);
        List<String> words = words(name);
        Random random = new Random(7);
        for (int i = 0; i < REQUESTS; i++) {
            Map<Value, String> request = request(random, words);
            Explanation explanation = explainer.explain(request::get);
            assertThat(tags(explanation))
                    .as("%s in %s", request, name)
                    .isEqualTo(evaluator.decide(request::get).tags())
                    .isEqualTo(explanation.decision().tags());
            explanation.rules().forEach(rule -> assertSound(rule.clause()));
        }
    }

    /** The tags that follow from the outcomes alone. */
    private static Tags tags(Explanation explanation) {
        List<String> tags = new ArrayList<>();
        for (ExplainedRule rule : explanation.rules()) {
            if (rule.outcome() == Outcome.MATCHED) {
                if (rule.rule().tag() == null) {
                    return Tags.NONE;
                }
                tags.add(rule.rule().tag());
            }
        }
        return Tags.of(tags);
    }

    private static void assertSound(Clause clause) {
        Stream<Boolean> operands = clause.operands().stream().map(Clause::holds);
        switch (clause.text()) {
            case "all of" -> assertThat(clause.holds()).isEqualTo(operands.allMatch(holds -> holds));
            case "any of" -> assertThat(clause.holds()).isEqualTo(operands.anyMatch(holds -> holds));
            case "not" -> assertThat(clause.holds()).isEqualTo(operands.noneMatch(holds -> holds));
            default -> assertThat(clause.why()).isNotEmpty();
        }
        clause.operands().forEach(PolicyExplainerTest::assertSound);
    }

    /** A request of what the policies' texts speak about, so that every clause holds for some and fails for others. */
    private static Map<Value, String> request(Random random, List<String> words) {
        Map<Value, String> request = new HashMap<>();
        for (Value value : VALUES) {
            switch (random.nextInt(4)) {
                case 0 -> {}
                case 1 -> request.put(value, Integer.toString(random.nextInt(200_000) - 1000));
                default -> request.put(value, words.get(random.nextInt(words.size())));
            }
        }
        return request;
    }

    private static List<String> words(String name) throws IOException {
        Set<String> words = new LinkedHashSet<>(List.of("", "-5", "10.1.2.3", "ios-17", "axb"));
        for (String text : PolicyFiles.read("valid", name).values().values()) {
            words.addAll(List.of(text.split("[\\s\"(),]+", -1)));
        }
        return List.copyOf(words);
    }

    private static final List<Value> VALUES = List.of(
            Value.of(Value.Kind.UID),
            Value.of(Value.Kind.TOKEN),
            Value.of(Value.Kind.IP),
            Value.of(Value.Kind.CALLER),
            Value.of(Value.Kind.SERVICE),
            Value.of(Value.Kind.METHOD),
            Value.named(Value.Kind.HEADER, "x-app"),
            Value.named(Value.Kind.COOKIE, "gray"),
            Value.named(Value.Kind.PARAM, "city"),
            Value.named(Value.Kind.ATTACHMENT, "tenant"),
            Value.argument(0, List.of()),
            Value.argument(2, List.of("customer", "level")));

    @Test
    void clauses_sayWhatWasFound() {
        assertThat(why("hash(uid) < 1%", "uid", "10086")).isEqualTo("hash(uid) < 1%: bucket 50.01 % is not below 1 %");
        assertThat(why("hash(uid, \"s\") in 10%..60.5%", "uid", "1"))
                .matches(
                        "hash\\(uid, \"s\"\\) in 10%\\.\\.60\\.5%: bucket [0-9.]+ % is (not )?in 10 % \\.\\. 60.5 %, the end"
                                + " excluded");
        assertThat(why("uid in @testers", "uid", "10086")).isEqualTo("uid in @testers: \"10086\" is not in @testers");
        assertThat(why("uid in @testers", "uid", "1001")).isEqualTo("uid in @testers: \"1001\" is in @testers");
        assertThat(why("uid == 5", "uid", "6")).isEqualTo("uid == 5: it is \"6\"");
        assertThat(why("uid != 5", "token", "6")).isEqualTo("uid != 5: uid is missing");
        assertThat(why("uid % 100 < 1", "uid", "10086")).isEqualTo("uid % 100 < 1: 10086 % 100 is 86");
        assertThat(why("uid % 100 < 1", "uid", "abc")).isEqualTo("uid % 100 < 1: \"abc\" is not an integer");
        assertThat(why("uid >= 7", "uid", "6")).isEqualTo("uid >= 7: 6 is not at least 7");
        assertThat(why("uid like \"a*\"", "uid", "abc")).isEqualTo("uid like \"a*\": \"abc\" is like \"a*\"");
        assertThat(why("has(token)", "uid", "1")).isEqualTo("has(token): token is missing");
        assertThat(why("now in 2026-11-12T00:00Z .. 2026-11-13T00:00Z", "uid", "1"))
                .isEqualTo("now in 2026-11-12T00:00:00Z .. 2026-11-13T00:00:00Z: now, 2026-11-11T08:00:00Z, is before"
                        + " it");
    }

    private static String why(String condition, String kind, String text) {
        GrayPolicy policy = policy("gray.rule.1-a", condition + " => T");
        Value value = Value.of(Value.Kind.valueOf(kind.toUpperCase(Locale.ROOT)));
        Clause clause = explain(policy, Map.of(value, text)).rules().get(0).clause();
        return clause.text() + ": " + clause.why();
    }

    @Test
    void rule_offOrAfterAStop_isNotMatchedButSaysWhatItWouldDo() {
        GrayPolicy policy = policy(
                "gray.rule.1-a", "true => T ; off", "gray.rule.2-b", "true => T ; stop", "gray.rule.3-c", "true => T");
        assertThat(explain(policy, Map.of()).rules())
                .extracting(rule -> rule.outcome() + ": " + rule.why())
                .containsExactly(
                        "OFF: written ; off, it would match",
                        "MATCHED: adds the tag T and ends the search",
                        "NOT_REACHED: b ended the search, it would match");
    }

    @Test
    void switch_off_reachesNoRule() {
        GrayPolicy policy = policy("gray.switch", "off", "gray.rule.1-a", "uid == 1 => T");
        ExplainedRule rule = explain(policy, Map.of()).rules().get(0);
        assertThat(rule.outcome()).isEqualTo(Outcome.NOT_REACHED);
        assertThat(rule.why()).isEqualTo("gray.switch is off");
    }

    @Test
    void view_thatThrows_isAMissingValue() {
        GrayPolicy policy = policy("gray.rule.1-a", "uid == 1 => T");
        Explanation explanation = PolicyExplainer.of(policy, CLOCK).explain(value -> {
            throw new IllegalStateException();
        });
        assertThat(explanation.rules().get(0).clause().why()).isEqualTo("uid is missing");
    }

    private static Explanation explain(GrayPolicy policy, Map<Value, String> request) {
        return PolicyExplainer.of(policy, CLOCK).explain(request::get);
    }

    /** A policy of {@code key, value, key, value, ...} with a list and a route besides. */
    private static GrayPolicy policy(String... entries) {
        Map<String, String> values =
                new LinkedHashMap<>(Map.of("gray.list.testers", "1001, 1002", "gray.route.T", "a:2"));
        for (int i = 0; i < entries.length; i += 2) {
            values.put(entries[i], entries[i + 1]);
        }
        return policy(Snapshot.of(values));
    }

    private static GrayPolicy policy(Snapshot snapshot) {
        ParseResult result = PolicyParser.parse(snapshot);
        assertThat(result.errors()).isEmpty();
        return result.policy();
    }
}
