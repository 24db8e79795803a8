package io.grayrelease.gateway;

import java.util.List;

import org.jspecify.annotations.Nullable;

import io.grayrelease.policy.decide.RequestView;
import io.grayrelease.policy.model.Value;

/** An HTTP request as rules see it. As thread-safe as its head. */
final class HttpValues implements RequestView {
    private final HttpHead head;
    private final EntrySettings settings;
    private final @Nullable String uid;
    /** Found when a rule first asks. Two threads that ask at once find the same. */
    private @Nullable String ip;

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
                return ip();
            case HEADER:
                return ForgeableNames.contain(value.name()) ? null : Extraction.header(head, value.name());
            case COOKIE:
                return Extraction.cookie(head, value.name());
            case PARAM:
                return Extraction.param(head, value.name());
            default:
                return null; // only a call has it
        }
    }

    private String ip() {
        String known = ip;
        if (known == null) {
            known = settings.clientAddress().of(head);
            ip = known;
        }
        return known;
    }
}
