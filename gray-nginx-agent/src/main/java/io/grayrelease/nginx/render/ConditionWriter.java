package io.grayrelease.nginx.render;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

import io.grayrelease.policy.model.Condition;
import io.grayrelease.policy.model.Condition.Comparison.Operator;
import io.grayrelease.policy.model.Value;

/** Writes conditions as variables. Not thread-safe. */
final class ConditionWriter {
    /** Nginx evaluates a hundred levels of variables, some of which are ours without any condition. */
    static final int MAX_DEPTH = 30;

    private static final int MAX_OPERANDS = 100; // in one token

    private final Declarations declarations;
    private final RequestValues values;
    private final Constants constants;

    ConditionWriter(Declarations declarations, RequestValues values, Constants constants) {
        this.declarations = declarations;
        this.values = values;
        this.constants = constants;
    }

    /** An expression for what a condition says, in one character. */
    String write(Condition condition, Outcomes outcomes) {
        Truth fixed = constants.of(condition);
        return fixed == Truth.OPEN ? condition.accept(new Writing(outcomes)) : outcomes.of(fixed);
    }

    /** How many variables a condition is deep. */
    static int depth(Condition condition) {
        int deepest = 0;
        for (Condition operand : condition.operands()) {
            deepest = Math.max(deepest, depth(operand));
        }
        return condition instanceof Condition.Not ? deepest : deepest + 1;
    }

    private final class Writing implements Condition.Visitor<String> {
        private final Outcomes outcomes;

        Writing(Outcomes outcomes) {
            this.outcomes = outcomes;
        }

        @Override
        public String visit(Condition.Always condition) {
            return outcomes.yes();
        }

        @Override
        public String visit(Condition.Not condition) {
            return write(condition.operand(), outcomes.negated());
        }

        @Override
        public String visit(Condition.And condition) {
            return combined(condition.operands(), Truth.NO);
        }

        @Override
        public String visit(Condition.Or condition) {
            return combined(condition.operands(), Truth.YES);
        }

        /** What one operand says decides, else what all say: the character that decides is looked for first. */
        private String combined(List<Condition> operands, Truth deciding) {
            List<Condition> open = operands.stream()
                    .filter(operand -> constants.of(operand) != deciding.negated())
                    .toList();
            if (open.size() == 1) {
                return write(open.get(0), outcomes);
            }
            List<String> written =
                    open.stream().map(operand -> write(operand, Outcomes.PLAIN)).toList();
            return combine(written, deciding, outcomes);
        }

        private String combine(List<String> operands, Truth deciding, Outcomes outcomes) {
            if (operands.size() > MAX_OPERANDS) {
                List<String> groups = new ArrayList<>();
                for (int i = 0; i < operands.size(); i += MAX_OPERANDS) {
                    List<String> group = operands.subList(i, Math.min(i + MAX_OPERANDS, operands.size()));
                    groups.add(combine(group, deciding, Outcomes.PLAIN));
                }
                return combine(groups, deciding, outcomes);
            }
            return declarations.map(MapTable.of(String.join("", operands), outcomes.of(deciding.negated()))
                    .whenMatches(Outcomes.PLAIN.of(deciding), outcomes.of(deciding))
                    .whenMatches("u", outcomes.unknown()));
        }

        @Override
        public String visit(Condition.Equal condition) {
            Answers answers = condition.negated() ? Answers.ofDifferent(outcomes) : Answers.of(outcomes);
            return oneOf(condition.value(), List.of(condition.literal()), answers);
        }

        @Override
        public String visit(Condition.OneOf condition) {
            if (condition.list() == null) {
                return oneOf(condition.value(), condition.literals(), Answers.of(outcomes));
            }
            List<Object> key = List.of(condition.value(), condition.list(), outcomes);
            return declarations.once(key, () -> oneOf(condition.value(), condition.literals(), Answers.of(outcomes)));
        }

        private String oneOf(Value value, Collection<String> literals, Answers answers) {
            return value.kind() == Value.Kind.IP
                    ? OneOfNetworks.write(declarations, literals, answers)
                    : OneOfTexts.write(declarations, values.of(value), literals, answers);
        }

        @Override
        public String visit(Condition.Like condition) {
            String pattern = condition.pattern();
            if (pattern.indexOf('*') < 0) {
                return OneOfTexts.write(
                        declarations, values.of(condition.value()), List.of(pattern), Answers.of(outcomes));
            }
            if (pattern.chars().allMatch(c -> c == '*')) {
                return present(condition.value());
            }
            MapTable table = MapTable.of(values.of(condition.value()), outcomes.no());
            return declarations.map(
                    Text.isAscii(pattern)
                            ? table.whenMatches(LikeRegex.of(pattern), outcomes.yes())
                            : table.whenMatches(OneOfTexts.NOT_ASCII, outcomes.unknown()));
        }

        @Override
        public String visit(Condition.Modulo condition) {
            MapTable table = MapTable.of(values.of(condition.value()), outcomes.no());
            RemainderRegex.of(condition.modulus(), condition.first(), condition.last())
                    .forEach(regex -> table.whenMatches(regex, outcomes.yes()));
            return declarations.map(table);
        }

        @Override
        public String visit(Condition.Comparison condition) {
            Operator operator = condition.operator();
            boolean less = operator == Operator.LESS || operator == Operator.AT_MOST;
            boolean beyond = operator == Operator.AT_MOST || operator == Operator.GREATER; // x <= n is x < n + 1
            BigInteger limit = beyond ? condition.number().add(BigInteger.ONE) : condition.number();
            Outcomes ordered = less ? outcomes : outcomes.negated();
            MapTable table = MapTable.of(values.of(condition.value()), outcomes.no());
            OrderRegex.fill(table, limit, ordered.yes(), ordered.no());
            return declarations.map(table);
        }

        @Override
        public String visit(Condition.Hash condition) {
            return HashShare.write(declarations, values.of(condition.value()), condition, outcomes);
        }

        @Override
        public String visit(Condition.Has condition) {
            return present(condition.value());
        }

        private String present(Value value) {
            return declarations.map(
                    MapTable.of(values.of(value), outcomes.yes()).whenEmpty(outcomes.no()));
        }

        @Override
        public String visit(Condition.Within condition) {
            throw new IllegalStateException("a moment decides it");
        }
    }
}
