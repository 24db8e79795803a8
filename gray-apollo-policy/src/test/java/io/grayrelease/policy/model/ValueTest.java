package io.grayrelease.policy.model;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import io.grayrelease.policy.model.Value.Kind;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class ValueTest {
    @Test
    void value_isWrittenAsInARule() {
        assertThat(Value.of(Kind.UID)).hasToString("uid");
        assertThat(Value.named(Kind.HEADER, "x-app")).hasToString("header[\"x-app\"]");
        assertThat(Value.argument(0, List.of())).hasToString("arg[0]");
        assertThat(Value.argument(1, List.of("a", "b"))).hasToString("arg[1].a.b");
    }

    @ParameterizedTest
    @EnumSource(names = {"UID", "TOKEN", "IP", "CALLER", "SERVICE", "METHOD"})
    void plainKind_takesNoName(Kind kind) {
        assertThat(Value.of(kind).kind()).isEqualTo(kind);
        assertThatThrownBy(() -> Value.named(kind, "x")).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @EnumSource(names = {"HEADER", "COOKIE", "PARAM", "ATTACHMENT"})
    void namedKind_needsItsName(Kind kind) {
        assertThat(Value.named(kind, "x").name()).isEqualTo("x");
        assertThatThrownBy(() -> Value.of(kind)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void argument_needsItsIndex() {
        assertThatThrownBy(() -> Value.of(Kind.ARG)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Value.named(Kind.ARG, "x")).isInstanceOf(IllegalArgumentException.class);
    }
}
