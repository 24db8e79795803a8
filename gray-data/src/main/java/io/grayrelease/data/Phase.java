package io.grayrelease.data;

/** How far a migration is; each phase but the last can be taken back. */
public enum Phase {
    /** The old store alone; nothing is captured. */
    OLD_ONLY,
    /** The old store orders all writes and is read; what is written is brought to the new one. */
    CAPTURE,
    /** As {@link #CAPTURE}, and gray requests read the new store. */
    GRAY_READ,
    /** The new store orders all writes; what is written is brought to the old one. */
    NEW_PRIMARY,
    /** The new store alone. */
    NEW_ONLY;

    boolean oldIsPrimary() {
        return compareTo(NEW_PRIMARY) < 0;
    }

    boolean captures() {
        return this != OLD_ONLY && this != NEW_ONLY;
    }

    boolean newIsRead() {
        return compareTo(GRAY_READ) >= 0;
    }
}
