package io.grayrelease.data;

/**
 * The order of all writes of a migration, in one number: the epoch in the upper 15 bits (it grows with each switch of the
 * primary), the sequence of the primary's outbox in the lower 48. Databases compare it as it is, and draw it as it is: the
 * sequence of an outbox begins at {@link #first} of its epoch.
 */
final class Version {
    /** Of a key that no event has reached. */
    static final long NONE = -1;
    /** Of a row that was copied: older than every write that was captured. */
    static final long COPIED = 0;

    private static final int SEQUENCE_BITS = 48;
    private static final int LAST_EPOCH = (1 << 15) - 1;

    private Version() {}

    /** The lowest version of an epoch from 1 to 32767. */
    static long first(int epoch) {
        if (epoch < 1 || epoch > LAST_EPOCH) {
            throw new IllegalArgumentException("epoch: found " + epoch + ", expected 1 to " + LAST_EPOCH);
        }
        return ((long) epoch << SEQUENCE_BITS) + 1;
    }

    static int epoch(long version) {
        return (int) (version >> SEQUENCE_BITS);
    }
}
