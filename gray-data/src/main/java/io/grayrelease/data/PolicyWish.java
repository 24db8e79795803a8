package io.grayrelease.data;

import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import io.grayrelease.policy.decide.DataRead;
import io.grayrelease.policy.model.DataMigration;
import io.grayrelease.policy.model.DataPhase;
import io.grayrelease.policy.model.GrayPolicy;
import io.grayrelease.policy.model.Tags;

/** What a policy says of a migration: {@code gray.data.<name>}. Without this key it is left alone. */
final class PolicyWish implements Wish {
    private final String name;
    private final Supplier<@Nullable GrayPolicy> policy;
    private final Supplier<Tags> tags;

    PolicyWish(String name, Supplier<@Nullable GrayPolicy> policy, Supplier<Tags> tags) {
        this.name = name;
        this.policy = policy;
        this.tags = tags;
    }

    @Override
    public @Nullable DataPhase phase() {
        GrayPolicy current = policy.get();
        return current == null ? null : migration(current).phase();
    }

    @Override
    public boolean readsNew() {
        GrayPolicy current = policy.get();
        return current != null && readsNew(current, migration(current));
    }

    private boolean readsNew(GrayPolicy current, DataMigration migration) {
        if (migration.phase().compareTo(DataPhase.GRAY_READ) < 0) {
            return false;
        }
        // Where the wish is ahead of the fact, its tag already counts.
        DataMigration inFact = DataMigration.of(name, DataPhase.GRAY_READ, migration.read());
        return DataRead.of(inFact, current.on(), tags.get()).isNew();
    }

    @Override
    public Set<String> others() {
        GrayPolicy current = policy.get();
        boolean knows = current == null || current.migrations().containsKey(name);
        return knows
                ? Collections.emptySet()
                : Collections.unmodifiableSet(new TreeSet<>(current.migrations().keySet()));
    }

    private DataMigration migration(GrayPolicy current) {
        DataMigration found = current.migrations().get(name);
        return found == null ? DataMigration.of(name, DataPhase.OLD_ONLY, null) : found;
    }
}
