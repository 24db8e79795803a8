package io.grayrelease.nginx.lua;

import java.util.Optional;

import io.grayrelease.policy.model.Condition;
import io.grayrelease.policy.model.Value;

/** The value that a predicate looks at; empty for what is none. */
final class LookedAt implements Condition.Visitor<Optional<Value>> {
    @Override
    public Optional<Value> visit(Condition.Always condition) {
        return Optional.empty();
    }

    @Override
    public Optional<Value> visit(Condition.Not condition) {
        return Optional.empty();
    }

    @Override
    public Optional<Value> visit(Condition.And condition) {
        return Optional.empty();
    }

    @Override
    public Optional<Value> visit(Condition.Or condition) {
        return Optional.empty();
    }

    @Override
    public Optional<Value> visit(Condition.Equal condition) {
        return Optional.of(condition.value());
    }

    @Override
    public Optional<Value> visit(Condition.OneOf condition) {
        return Optional.of(condition.value());
    }

    @Override
    public Optional<Value> visit(Condition.Like condition) {
        return Optional.of(condition.value());
    }

    @Override
    public Optional<Value> visit(Condition.Modulo condition) {
        return Optional.of(condition.value());
    }

    @Override
    public Optional<Value> visit(Condition.Comparison condition) {
        return Optional.of(condition.value());
    }

    @Override
    public Optional<Value> visit(Condition.Hash condition) {
        return Optional.of(condition.value());
    }

    @Override
    public Optional<Value> visit(Condition.Has condition) {
        return Optional.of(condition.value());
    }

    @Override
    public Optional<Value> visit(Condition.Within condition) {
        return Optional.empty();
    }
}
