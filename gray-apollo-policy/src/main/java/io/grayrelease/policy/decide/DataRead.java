package io.grayrelease.policy.decide;

import com.google.auto.value.AutoValue;

import io.grayrelease.policy.model.DataMigration;
import io.grayrelease.policy.model.DataPhase;
import io.grayrelease.policy.model.Tags;

/** Which store a request reads the data of a migration from, and why. Immutable. */
@AutoValue
public abstract class DataRead {
    /** What decides. */
    public enum Reason {
        /** The phase, for all requests alike. */
        PHASE,
        /** The request has the tag that reads the new store. */
        TAG,
        /** The request does not have it. */
        OTHER_TAGS,
        /** No tag is named that reads the new store. */
        NO_READ_TAG,
        /** {@code gray.switch} is off: a tag counts for nothing. */
        SWITCHED_OFF
    }

    DataRead() {}

    /**
     * What a request with some tags reads.
     *
     * @param on {@link io.grayrelease.policy.model.GrayPolicy#on}: switched off, tags count for nothing here, but the
     *     phase stays
     */
    public static DataRead of(DataMigration migration, boolean on, Tags tags) {
        return new AutoValue_DataRead(migration, reason(migration, on, tags));
    }

    private static Reason reason(DataMigration migration, boolean on, Tags tags) {
        if (migration.phase() != DataPhase.GRAY_READ) {
            return Reason.PHASE;
        }
        if (migration.read() == null) {
            return Reason.NO_READ_TAG;
        }
        if (!on) {
            return Reason.SWITCHED_OFF;
        }
        return tags.names().contains(migration.read()) ? Reason.TAG : Reason.OTHER_TAGS;
    }

    public abstract DataMigration migration();

    public abstract Reason reason();

    /** Whether it is the new store. */
    public final boolean isNew() {
        return reason() == Reason.TAG || migration().phase().isNewPrimary();
    }

    /** The store in one word: {@code old} or {@code new}. */
    public final String store() {
        return isNew() ? "new" : "old";
    }

    /** The reason in words. */
    public final String why() {
        String phase = "in phase " + migration().phase();
        switch (reason()) {
            case TAG:
                return phase + " the tag " + migration().read() + " reads the new store";
            case OTHER_TAGS:
                return phase + " only the tag " + migration().read() + " reads the new store";
            case NO_READ_TAG:
                return phase + " without read=<tag> nobody reads the new store";
            case SWITCHED_OFF:
                return phase + " with gray.switch off nobody reads the new store";
            default:
                return phase + " everybody reads the " + store() + " store";
        }
    }
}
