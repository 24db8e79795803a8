package io.grayrelease.gateway;

import java.util.List;

import org.jspecify.annotations.Nullable;

import io.grayrelease.policy.decide.RequestView;
import io.grayrelease.policy.model.Value;

/** An HTTP request as rules see it. Remembers whether a rule asked for what only a Dubbo call has. Not thread-safe. */
final class HttpValues implements RequestView {
    private final HttpHead head;
    private final EntrySettings settings;
    private final @Nullable String uid;
    private boolean missesCall;

    HttpValues(HttpHead head, EntrySettings settings, @Nullable String uid) {
        this.head = head;
        this.settings = settings;
        this.uid = uid;
    }

    static @Nullable String first(List<ValueSource> sources, HttpHead head) {
        for (ValueSource source : sources) {
            String value = source.of(head);
            if (value != null) {
                return value;
            }
        }
        return null;
    }

    @Override
    public @Nullable String get(Value value) {
        switch (value.kind()) {
            case UID:
                return uid;
            case TOKEN:
                return first(settings.tokenSources(), head);
            case IP:
                return settings.clientAddress().of(head);
            case HEADER:
                return ForgeableNames.contain(value.name()) ? null : Extraction.header(head, value.name());
            case COOKIE:
                return Extraction.cookie(head, value.name());
            case PARAM:
                return Extraction.param(head, value.name());
            case ATTACHMENT:
                return null;
            default:
                missesCall = true; // caller, service, method, arguments
                return null;
        }
    }

    /** Whether the decision may be another one where the call is known. */
    boolean missesCall() {
        return missesCall;
    }
}
