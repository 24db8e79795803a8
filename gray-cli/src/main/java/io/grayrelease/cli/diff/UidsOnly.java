package io.grayrelease.cli.diff;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;

import io.grayrelease.policy.model.Condition;
import io.grayrelease.policy.model.GrayPolicy;
import io.grayrelease.policy.model.Rule;
import io.grayrelease.policy.model.Value;

/** Finds the active rules that look at more than the uid, which uids alone cannot answer for. */
final class UidsOnly implements Condition.Visitor<Boolean> {
    private UidsOnly() {}

    /** The names of the rules of some policies that look at more than the uid. */
    static List<String> exceptions(GrayPolicy... policies) {
        Set<String> names = new TreeSet<>();
        for (GrayPolicy policy : policies) {
            policy.rules().stream()
                    .filter(rule -> !rule.off() && !rule.condition().accept(new UidsOnly()))
                    .map(Rule::name)
                    .forEach(names::add);
        }
        return List.copyOf(names);
    }

    private Boolean all(Condition condition) {
        return condition.operands().stream().allMatch(operand -> operand.accept(this));
    }

    private static Boolean isUid(Value value) {
        return value.kind() == Value.Kind.UID;
    }

    @Override
    public Boolean visit(Condition.Always condition) {
        return true;
    }

    @Override
    public Boolean visit(Condition.Not condition) {
        return all(condition);
    }

    @Override
    public Boolean visit(Condition.And condition) {
        return all(condition);
    }

    @Override
    public Boolean visit(Condition.Or condition) {
        return all(condition);
    }

    @Override
    public Boolean visit(Condition.Equal condition) {
        return isUid(condition.value());
    }

    @Override
    public Boolean visit(Condition.OneOf condition) {
        return isUid(condition.value());
    }

    @Override
    public Boolean visit(Condition.Like condition) {
        return isUid(condition.value());
    }

    @Override
    public Boolean visit(Condition.Modulo condition) {
        return isUid(condition.value());
    }

    @Override
    public Boolean visit(Condition.Comparison condition) {
        return isUid(condition.value());
    }

    @Override
    public Boolean visit(Condition.Hash condition) {
        return isUid(condition.value());
    }

    @Override
    public Boolean visit(Condition.Has condition) {
        return isUid(condition.value());
    }

    /** The time is that of the comparison. */
    @Override
    public Boolean visit(Condition.Within condition) {
        return true;
    }
}
