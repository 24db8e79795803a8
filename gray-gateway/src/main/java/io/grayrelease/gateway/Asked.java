package io.grayrelease.gateway;

import org.jspecify.annotations.Nullable;

import io.grayrelease.policy.decide.RequestView;
import io.grayrelease.policy.model.Value;

/** Remembers whether a rule asked for what only a Dubbo call has. Not thread-safe. */
final class Asked implements RequestView {
    private final RequestView values;
    private boolean forCall;

    Asked(RequestView values) {
        this.values = values;
    }

    @Override
    public @Nullable String get(Value value) {
        switch (value.kind()) {
            case CALLER:
            case SERVICE:
            case METHOD:
            case ARG:
                forCall = true;
                return null;
            default:
                return values.get(value);
        }
    }

    /** Whether the decision may be another one where the call is known. */
    boolean forCall() {
        return forCall;
    }
}
