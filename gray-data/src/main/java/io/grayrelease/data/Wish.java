package io.grayrelease.data;

import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import io.grayrelease.policy.model.DataPhase;

/** What the operator wants of a migration, and whether the request of this thread is one that reads the new store. Thread-safe. */
interface Wish {
    /** The phase; null while nothing is known. */
    @Nullable
    DataPhase phase();

    /** Whether the request reads the new store where the fact is {@link DataPhase#GRAY_READ}. */
    boolean readsNew();

    static Wish of(Supplier<DataPhase> phase, BooleanSupplier readsNew) {
        return new Wish() {
            @Override
            public DataPhase phase() {
                return phase.get();
            }

            @Override
            public boolean readsNew() {
                return phase.get().compareTo(DataPhase.GRAY_READ) >= 0 && readsNew.getAsBoolean();
            }
        };
    }
}
