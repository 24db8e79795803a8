package io.grayrelease.gateway;

import org.jspecify.annotations.Nullable;

import com.google.auto.value.AutoValue;

import io.grayrelease.policy.decide.RequestView;
import io.grayrelease.policy.model.Tags;

/** What a request goes on with. Immutable and thread-safe. */
@AutoValue
public abstract class Entered {
    /** Where its tags come from. */
    public enum Origin {
        /** The policy has decided. */
        DECIDED,
        /** Our own service has said them. */
        CARRIED,
        /** A rule asks for what only a Dubbo call has, or no policy is in force: the first Dubbo call decides. */
        UNDECIDED
    }

    Entered() {}

    static Entered carried(Tags tags, @Nullable String uid) {
        return new AutoValue_Entered(Origin.CARRIED, tags, uid, false, null);
    }

    static Entered decided(Tags tags, @Nullable String uid, boolean forged) {
        return new AutoValue_Entered(Origin.DECIDED, tags, uid, forged, null);
    }

    static Entered undecided(RequestView values, @Nullable String uid, boolean forged) {
        return new AutoValue_Entered(Origin.UNDECIDED, Tags.NONE, uid, forged, values);
    }

    public abstract Origin origin();

    /** The tags; none if undecided. */
    public abstract Tags tags();

    /** The uid that it was decided by; null if it has none. */
    public abstract @Nullable String uid();

    /** Whether it said tags that are not believed, or had another header by which versions are chosen inside. */
    public abstract boolean forged();

    /** What the first Dubbo call is decided by besides what it has itself, copied from the request; null if decided. */
    public abstract @Nullable RequestView values();
}
