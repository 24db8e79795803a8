package io.grayrelease.gateway;

import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import io.grayrelease.gateway.EntrySettings.Role;
import io.grayrelease.policy.decide.Decision;
import io.grayrelease.policy.decide.RequestView;
import io.grayrelease.policy.model.Baggage;
import io.grayrelease.policy.model.Tags;
import io.grayrelease.policy.source.PolicyInForce;

/** Gives every HTTP request its tags, once. Thread-safe. */
public final class Entry {
    private final EntrySettings settings;
    private final Supplier<@Nullable PolicyInForce> policy;
    private final Consumer<Decision> decisions;
    private final EntryCounts counts = new EntryCounts();

    private Entry(EntrySettings settings, Supplier<@Nullable PolicyInForce> policy, Consumer<Decision> decisions) {
        this.settings = settings;
        this.policy = policy;
        this.decisions = decisions;
    }

    /** As {@link #of(EntrySettings, Supplier, Consumer)}, and nobody is told of decisions. */
    public static Entry of(EntrySettings settings, Supplier<@Nullable PolicyInForce> policy) {
        return new Entry(settings, policy, decision -> {});
    }

    /**
     * An entry of a process.
     *
     * @param policy the policy in force, or null if there is none; asked once per request
     * @param decisions told of every decision, on the thread of the request: it must neither wait nor throw
     */
    public static Entry of(
            EntrySettings settings, Supplier<@Nullable PolicyInForce> policy, Consumer<Decision> decisions) {
        return new Entry(settings, policy, decisions);
    }

    /** Whether what callers say of tags does not count, so that nobody else should read it either. */
    public boolean isEdge() {
        return settings.role() == Role.EDGE;
    }

    /** The response header that tells testers the tags of their request; null: none does. */
    public @Nullable String responseHeader() {
        return settings.responseHeader();
    }

    /** What has become of all requests so far. */
    public EntryCounts counts() {
        return counts;
    }

    /**
     * What a request goes on with.
     *
     * @param principal the uid of who is logged in, where the application knows; it comes before all that the request says
     */
    public Entered enter(HttpHead head, @Nullable String principal) {
        Entered entered = entered(head, principal);
        counts.count(entered);
        return entered;
    }

    private Entered entered(HttpHead head, @Nullable String principal) {
        String uid = principal == null || principal.isEmpty() ? uid(head) : principal;
        String said = said(head);
        if (said != null && isBelieved(said, head)) {
            Tags tags = Tags.parse(said);
            return Entered.carried(tags == null ? Tags.NONE : tags, uid);
        }
        return decide(head, uid, said != null || saysForgeable(head));
    }

    /** What rules see of a request, for one who decides himself. As thread-safe as the head. */
    public RequestView values(HttpHead head) {
        return new HttpValues(head, settings, uid(head));
    }

    private @Nullable String uid(HttpHead head) {
        return HttpValues.first(settings.uidSources(), head);
    }

    /** The text of tags that a request says it has, or null. */
    private static @Nullable String said(HttpHead head) {
        List<String> headers = head.headers(ForgeableNames.TAG);
        return headers.isEmpty() ? Baggage.tag(head.headers(Baggage.HEADER)) : headers.get(0);
    }

    private boolean saysForgeable(HttpHead head) {
        return isEdge()
                && (head.names().stream().anyMatch(ForgeableNames::contain)
                        || Baggage.hasTag(head.headers(Baggage.HEADER)));
    }

    private boolean isBelieved(String tags, HttpHead head) {
        if (settings.role() == Role.INTERNAL) {
            return true;
        }
        TagSigner signer = settings.signer();
        String signature = Extraction.header(head, ForgeableNames.SIGNATURE);
        return signer != null && signature != null && signer.accepts(tags, null, signature);
    }

    private Entered decide(HttpHead head, @Nullable String uid, boolean forged) {
        PolicyInForce inForce = policy.get();
        if (inForce == null) {
            return undecided(head, uid, forged);
        }
        Asked asked = new Asked(new HttpValues(head, settings, uid));
        Decision decision = inForce.evaluator().decide(asked);
        if (asked.forCall()) {
            return undecided(head, uid, forged);
        }
        decisions.accept(decision);
        return Entered.decided(decision.tags(), uid, forged);
    }

    private Entered undecided(HttpHead head, @Nullable String uid, boolean forged) {
        return Entered.undecided(new HttpValues(new CopiedHead(head), settings, uid), uid, forged);
    }
}
