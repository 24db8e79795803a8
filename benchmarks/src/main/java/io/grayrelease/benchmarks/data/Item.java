package io.grayrelease.benchmarks.data;

import java.math.BigDecimal;

/**
 * A row of about 100 bytes.
 *
 * @param revision which write it comes from; 0 is the load
 * @param channel only in the new store
 * @param newRevision only in the new store: the write of the new version that it comes from
 */
record Item(long id, long revision, String customer, BigDecimal amount, String note, String channel, long newRevision) {
    private static final String NOTE = "left at the door, the bell is broken, ring twice";

    /** As a write of either version makes it. */
    static Item written(long id, long revision) {
        return new Item(
                id,
                revision,
                "customer-" + id % 10_000,
                BigDecimal.valueOf(revision % 1_000_000, 2),
                NOTE + revision % 10,
                "app",
                revision);
    }
}
