package io.grayrelease.data;

import java.sql.SQLException;
import java.util.function.LongSupplier;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Something that is read again and again, as long as somebody asks for it; who asks gets what was read last. Thread-safe. */
final class Sampled<T> {
    /** What is read; it may take long. */
    interface Read<T> {
        T now() throws SQLException;
    }

    private static final Logger LOG = LoggerFactory.getLogger(Sampled.class);
    private static final long LIVES_NANOS = 30_000_000_000L;
    private static final long ASKED_FOR_NANOS = 300_000_000_000L;

    private final Read<T> read;
    private final LongSupplier nanoTime;
    private volatile @Nullable T last;
    private volatile long lastNanos;
    private volatile long askedNanos;

    Sampled(Read<T> read, LongSupplier nanoTime) {
        this.read = read;
        this.nanoTime = nanoTime;
    }

    /** What was read last; null if that is 30 seconds ago or more: it says nothing of now. */
    @Nullable
    T last() {
        long now = nanoTime.getAsLong();
        askedNanos = now;
        return now - lastNanos < LIVES_NANOS ? last : null;
    }

    /** Reads, unless nobody has asked for five minutes; it never throws. */
    void sample() {
        if (nanoTime.getAsLong() - askedNanos > ASKED_FOR_NANOS) {
            return;
        }
        try {
            last = read.now();
        } catch (SQLException | RuntimeException e) {
            LOG.debug("gray: not known now", e);
            last = null;
        }
        lastNanos = nanoTime.getAsLong();
    }
}
