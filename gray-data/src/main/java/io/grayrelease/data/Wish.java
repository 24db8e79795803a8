package io.grayrelease.data;

import java.util.Collections;
import java.util.Set;
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

    /** The migrations that are spoken of instead of this one: it may be misspelt there, or here. */
    default Set<String> others() {
        return Collections.emptySet();
    }

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
