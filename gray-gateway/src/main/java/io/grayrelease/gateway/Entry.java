package io.grayrelease.gateway;

import java.util.List;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import io.grayrelease.gateway.Entered.Origin;
import io.grayrelease.gateway.EntrySettings.Role;
import io.grayrelease.policy.decide.Decision;
import io.grayrelease.policy.model.Tags;
import io.grayrelease.policy.source.PolicyInForce;

/** Gives every HTTP request its tags, once. Thread-safe. */
public final class Entry {
    private final EntrySettings settings;
    private final Supplier<@Nullable PolicyInForce> policy;

    private Entry(EntrySettings settings, Supplier<@Nullable PolicyInForce> policy) {
        this.settings = settings;
        this.policy = policy;
    }

    /**
     * An entry of a process.
     *
     * @param policy the policy in force, or null if there is none; asked once per request
     */
    public static Entry of(EntrySettings settings, Supplier<@Nullable PolicyInForce> policy) {
        return new Entry(settings, policy);
    }

    /** Whether what callers say of tags does not count, so that nobody else should read it either. */
    public boolean isEdge() {
        return settings.role() == Role.EDGE;
    }

    /**
     * What a request goes on with.
     *
     * @param principal the uid of who is logged in, where the application knows; it comes before all that the request says
     */
    public Entered enter(HttpHead head, @Nullable String principal) {
        String uid = principal == null ? HttpValues.first(settings.uidSources(), head) : principal;
        String said = said(head);
        if (said != null && isBelieved(said, head)) {
            Tags tags = Tags.parse(said);
            return Entered.of(Origin.CARRIED, tags == null ? Tags.NONE : tags, uid, false);
        }
        return decide(head, uid, said != null);
    }

    /** The text of tags that a request says it has, or null. */
    private static @Nullable String said(HttpHead head) {
        List<String> headers = head.headers(ForgeableNames.TAG);
        return headers.isEmpty() ? Baggage.tag(head.headers(Baggage.HEADER)) : headers.get(0);
    }

    private boolean isBelieved(String tags, HttpHead head) {
        if (settings.role() == Role.INTERNAL) {
            return true;
        }
        TagSigner signer = settings.signer();
        String signature = Extraction.header(head, ForgeableNames.SIGNATURE);
        return signer != null && signature != null && signer.accepts(tags, signature);
    }

    private Entered decide(HttpHead head, @Nullable String uid, boolean forged) {
        PolicyInForce inForce = policy.get();
        if (inForce == null) {
            return Entered.of(Origin.UNDECIDED, null, uid, forged);
        }
        HttpValues values = new HttpValues(head, settings, uid);
        Decision decision = inForce.evaluator().decide(values);
        return values.missesCall()
                ? Entered.of(Origin.UNDECIDED, null, uid, forged)
                : Entered.of(Origin.DECIDED, decision.tags(), uid, forged);
    }
}
