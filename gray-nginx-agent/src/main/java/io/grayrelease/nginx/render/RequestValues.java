package io.grayrelease.nginx.render;

import java.util.List;

import io.grayrelease.gateway.ForgeableNames;
import io.grayrelease.gateway.ValueSource;
import io.grayrelease.nginx.model.HttpSources;
import io.grayrelease.policy.model.Value;

/** The values of a request as expressions. Not thread-safe. */
final class RequestValues {
    private static final int MAX_SOURCES = 8; // each is a level of the hundred that Nginx evaluates

    private final HttpSources sources;
    private final Declarations declarations;

    /**
     * Checks the sources, too.
     *
     * @throws IllegalArgumentException if one is nothing that Nginx can read
     */
    RequestValues(HttpSources sources, Declarations declarations) {
        check("uid", sources.uid());
        check("token", sources.token());
        this.sources = sources;
        this.declarations = declarations;
    }

    private static void check(String what, List<ValueSource> sources) {
        if (sources.size() > MAX_SOURCES) {
            throw new IllegalArgumentException(
                    what + " sources: found " + sources.size() + ", expected at most " + MAX_SOURCES);
        }
        for (ValueSource source : sources) {
            try {
                expression(source);
            } catch (UnsupportedCondition e) {
                throw new IllegalArgumentException(what + " source " + source + ": " + e.getMessage(), e);
            }
        }
    }

    /** Where a value is not known before a call is made, or never there: what its predicates say; else open. */
    Truth fixed(Value value) {
        return switch (value.kind()) {
            case CALLER, SERVICE, METHOD, ARG -> Truth.UNKNOWN;
            case ATTACHMENT -> Truth.NO;
            case HEADER -> ForgeableNames.contain(value.name()) ? Truth.NO : Truth.OPEN;
            case UID -> sources.uid().isEmpty() ? Truth.NO : Truth.OPEN;
            case TOKEN -> sources.token().isEmpty() ? Truth.NO : Truth.OPEN;
            default -> Truth.OPEN;
        };
    }

    /** A value that is not {@link #fixed}. */
    String of(Value value) {
        return switch (value.kind()) {
            case UID -> "${gray_uid}";
            case TOKEN -> declarations.once(Value.Kind.TOKEN, () -> declare("gray_token", sources.token()));
            case IP -> "${remote_addr}";
            case HEADER -> HttpNames.header(value.name());
            case COOKIE -> HttpNames.cookie(value.name());
            case PARAM -> HttpNames.param(value.name());
            default -> throw new IllegalArgumentException("not in a request: " + value);
        };
    }

    /** The first uid that is not empty, as {@code $gray_uid}. */
    void declareUid() {
        declare("gray_uid", sources.uid());
    }

    private String declare(String name, List<ValueSource> from) {
        if (from.isEmpty()) {
            return declarations.map(name, MapTable.of("", ""));
        }
        String others = "";
        for (int i = from.size() - 1; i > 0; i--) {
            String source = expression(from.get(i));
            others = declarations.map(MapTable.of(source, source).whenEmpty(others));
        }
        String first = expression(from.get(0));
        return declarations.map(name, MapTable.of(first, first).whenEmpty(others));
    }

    private static String expression(ValueSource source) {
        return switch (source.kind()) {
            case HEADER -> HttpNames.header(source.name());
            case COOKIE -> HttpNames.cookie(source.name());
            case PARAM -> HttpNames.param(source.name());
        };
    }
}
