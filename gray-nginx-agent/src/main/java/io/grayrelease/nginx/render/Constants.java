package io.grayrelease.nginx.render;

import java.time.Instant;
import java.util.List;

import io.grayrelease.policy.model.Condition;
import io.grayrelease.policy.model.Value;

/** What conditions say of every request alike at one moment; {@link Truth#OPEN} where they do. Immutable. */
final class Constants implements Condition.Visitor<Truth> {
    private final RequestValues values;
    private final Instant now;

    Constants(RequestValues values, Instant now) {
        this.values = values;
        this.now = now;
    }

    Truth of(Condition condition) {
        return condition.accept(this);
    }

    @Override
    public Truth visit(Condition.Always condition) {
        return Truth.YES;
    }

    @Override
    public Truth visit(Condition.Not condition) {
        return of(condition.operand()).negated();
    }

    @Override
    public Truth visit(Condition.And condition) {
        return all(condition.operands(), Truth.NO);
    }

    @Override
    public Truth visit(Condition.Or condition) {
        return all(condition.operands(), Truth.YES);
    }

    /** One that decides alone does so whatever the others are; else all have to be fixed. */
    private Truth all(List<Condition> operands, Truth deciding) {
        boolean open = false;
        boolean unknown = false;
        for (Condition operand : operands) {
            Truth truth = of(operand);
            if (truth == deciding) {
                return deciding;
            }
            open |= truth == Truth.OPEN;
            unknown |= truth == Truth.UNKNOWN;
        }
        return open ? Truth.OPEN : unknown ? Truth.UNKNOWN : deciding.negated();
    }

    @Override
    public Truth visit(Condition.Equal condition) {
        return fixed(condition.value());
    }

    @Override
    public Truth visit(Condition.OneOf condition) {
        return fixed(condition.value());
    }

    @Override
    public Truth visit(Condition.Like condition) {
        return fixed(condition.value());
    }

    @Override
    public Truth visit(Condition.Modulo condition) {
        return fixed(condition.value());
    }

    @Override
    public Truth visit(Condition.Comparison condition) {
        return fixed(condition.value());
    }

    @Override
    public Truth visit(Condition.Hash condition) {
        return fixed(condition.value());
    }

    @Override
    public Truth visit(Condition.Has condition) {
        return fixed(condition.value());
    }

    private Truth fixed(Value value) {
        return values.fixed(value);
    }

    @Override
    public Truth visit(Condition.Within condition) {
        return !now.isBefore(condition.from()) && now.isBefore(condition.to()) ? Truth.YES : Truth.NO;
    }
}
