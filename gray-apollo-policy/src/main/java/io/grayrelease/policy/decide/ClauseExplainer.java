package io.grayrelease.policy.decide;

import java.math.BigInteger;
import java.time.Clock;
import java.time.Instant;
import java.util.function.Function;
import java.util.stream.Collectors;

import io.grayrelease.policy.model.Condition;
import io.grayrelease.policy.model.Value;

/** Explains a condition for one request. Whether a clause holds is what its {@link Matcher} says; only the words are here. */
final class ClauseExplainer implements Condition.Visitor<Clause> {
    private static final int SHOWN = 60;

    private final ConditionText texts;
    private final RequestView request;
    private final Clock clock;
    private final MatcherBuilder matchers;

    ClauseExplainer(String rule, RequestView request, Clock clock) {
        this.texts = new ConditionText(rule);
        this.request = request;
        this.clock = clock;
        this.matchers = new MatcherBuilder(clock);
    }

    private boolean holds(Condition condition) {
        try {
            return condition.accept(matchers).matches(request);
        } catch (RuntimeException e) {
            return false; // as the evaluator sees it
        }
    }

    private Clause predicate(Condition condition, String why) {
        return Clause.predicate(condition.accept(texts), holds(condition), why);
    }

    /** A predicate about a value that the request may not have. */
    private Clause onValue(Condition condition, Value value, Function<String, String> why) {
        String text = MatcherBuilder.text(request, value);
        return predicate(condition, text == null || text.isEmpty() ? value + " is missing" : why.apply(text));
    }

    private Clause onInteger(Condition condition, Value value, Function<String, String> why) {
        return onValue(
                condition,
                value,
                text -> DecimalText.isInteger(text) ? why.apply(text) : quote(text) + " is not an integer");
    }

    private Clause combined(Condition condition, String text) {
        return Clause.combined(
                text,
                holds(condition),
                condition.operands().stream()
                        .map(operand -> operand.accept(this))
                        .collect(Collectors.toList()));
    }

    @Override
    public Clause visit(Condition.Always condition) {
        return predicate(condition, "always");
    }

    @Override
    public Clause visit(Condition.Not condition) {
        return combined(condition, "not");
    }

    @Override
    public Clause visit(Condition.And condition) {
        return combined(condition, "all of");
    }

    @Override
    public Clause visit(Condition.Or condition) {
        return combined(condition, "any of");
    }

    @Override
    public Clause visit(Condition.Equal condition) {
        return onValue(condition, condition.value(), text -> "it is " + quote(text));
    }

    @Override
    public Clause visit(Condition.OneOf condition) {
        String where = condition.list() == null ? "one of these" : "in @" + condition.list();
        return onValue(condition, condition.value(), text -> quote(text) + is(condition) + where);
    }

    @Override
    public Clause visit(Condition.Like condition) {
        return onValue(
                condition,
                condition.value(),
                text -> quote(text) + is(condition) + "like " + ConditionText.quote(condition.pattern()));
    }

    @Override
    public Clause visit(Condition.Modulo condition) {
        return onInteger(
                condition,
                condition.value(),
                text -> clip(text) + " % " + condition.modulus() + " is "
                        + new BigInteger(text).mod(condition.modulus()));
    }

    @Override
    public Clause visit(Condition.Comparison condition) {
        String than = ConditionText.words(condition.operator()) + " " + condition.number();
        return onInteger(condition, condition.value(), text -> clip(text) + is(condition) + than);
    }

    @Override
    public Clause visit(Condition.Hash condition) {
        return onValue(condition, condition.value(), text -> {
            String bucket = "bucket " + hundredths(Bucketing.bucket(condition.salt(), text)) + " %";
            return condition.from() == 0
                    ? bucket + is(condition) + "below " + ConditionText.percent(condition.to()) + " %"
                    : bucket + is(condition) + "in " + ConditionText.percent(condition.from()) + " % .. "
                            + ConditionText.percent(condition.to()) + " %, the end excluded";
        });
    }

    @Override
    public Clause visit(Condition.Has condition) {
        return onValue(condition, condition.value(), text -> "it is " + quote(text));
    }

    @Override
    public Clause visit(Condition.Within condition) {
        Instant now = clock.instant();
        String where = now.isBefore(condition.from()) ? "before" : holds(condition) ? "within" : "after";
        return predicate(condition, "now, " + now + ", is " + where + " it");
    }

    private String is(Condition condition) {
        return holds(condition) ? " is " : " is not ";
    }

    private static String hundredths(int bucket) {
        return bucket / 100 + "." + (bucket % 100 < 10 ? "0" : "") + bucket % 100;
    }

    private static String quote(String text) {
        return ConditionText.quote(clip(text));
    }

    private static String clip(String text) {
        return text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "...";
    }
}
