package io.grayrelease.data;

import java.sql.SQLException;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import javax.sql.DataSource;

import org.jspecify.annotations.Nullable;

import io.grayrelease.policy.model.DataPhase;
import io.grayrelease.policy.model.GrayPolicy;
import io.grayrelease.policy.model.Tags;

/** Gathers the settings of a migration; not thread-safe. */
public final class MigrationBuilder<K, R> {
    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,63}");

    final String name;
    final DataSource old;
    final DataSource ofNew;
    final RowMapper<K, R> mapper;
    private @Nullable Supplier<DataPhase> phase;
    private BooleanSupplier isGray = () -> false;
    private @Nullable Supplier<@Nullable GrayPolicy> policy;
    private Supplier<Tags> tags = () -> Tags.NONE;
    Carrier.@Nullable Factory carrier;
    Duration queueLimit = Duration.ofSeconds(30);
    Duration immediateLimit = Duration.ofMillis(100);
    Duration deadLettersEvery = Duration.ofSeconds(5);
    double shadowRate;
    boolean comparesWrites;
    Duration switchLimit = Duration.ofSeconds(3);
    Duration samplesEvery = Duration.ofSeconds(5);
    boolean steward = true;
    Duration wishLimit = Duration.ofSeconds(30);
    Duration stewardEvery = Duration.ofSeconds(1);
    Switch.Steps switchSteps = Switch.Steps.NONE;

    MigrationBuilder(String name, DataSource old, DataSource ofNew, RowMapper<K, R> mapper) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("migration: found " + name + ", expected " + NAME);
        }
        this.name = name;
        this.old = old;
        this.ofNew = ofNew;
        this.mapper = mapper;
    }

    /**
     * The policy that says which phase is wanted and who reads the new store; null as long as none was read. In a Dubbo service
     * that has gray-dubbo-context, it is that of the application, unless set.
     */
    public MigrationBuilder<K, R> policy(Supplier<@Nullable GrayPolicy> current) {
        this.policy = current;
        return this;
    }

    /** The tags of this thread's request, which the policy asks for; none unless set. */
    public MigrationBuilder<K, R> tags(Supplier<Tags> current) {
        this.tags = current;
        return this;
    }

    /** In place of a policy: the phase that is wanted. */
    public MigrationBuilder<K, R> phase(Supplier<DataPhase> wanted) {
        this.phase = wanted;
        return this;
    }

    /** In place of tags: whether this thread's request reads the new store, from {@link DataPhase#GRAY_READ} on. */
    public MigrationBuilder<K, R> grayReader(BooleanSupplier readsNew) {
        this.isGray = readsNew;
        return this;
    }

    /** The queue that events go through; unless set, none: the relay brings them over. */
    public MigrationBuilder<K, R> carrier(Carrier.Factory factory) {
        this.carrier = factory;
        return this;
    }

    /** How long a queue may take with an event, which then goes past it; 30 s unless set. */
    public MigrationBuilder<K, R> queueLimit(Duration limit) {
        this.queueLimit = positive(limit);
        return this;
    }

    /** How long a write waits at most, from {@link DataPhase#GRAY_READ} on, until the new store has it; 100 ms unless set. */
    public MigrationBuilder<K, R> immediateLimit(Duration limit) {
        this.immediateLimit = positive(limit);
        return this;
    }

    /** How often dead letters are tried again; every 5 s unless set. */
    public MigrationBuilder<K, R> deadLettersEvery(Duration pause) {
        this.deadLettersEvery = positive(pause);
        return this;
    }

    /** The share of reads, 0 to 1, after which the row is compared in both stores, beside the call; none unless set. */
    public MigrationBuilder<K, R> shadowReads(double rate) {
        if (!(rate >= 0 && rate <= 1)) {
            throw new IllegalArgumentException("rate: found " + rate + ", expected 0 to 1");
        }
        this.shadowRate = rate;
        return this;
    }

    /** Whether rows that this process writes are compared some seconds later; not unless set. */
    public MigrationBuilder<K, R> compareWrites(boolean compares) {
        this.comparesWrites = compares;
        return this;
    }

    /** How long a write waits at most while the primary is switched; 3 s unless set. A switch is given up after half of it. */
    public MigrationBuilder<K, R> switchLimit(Duration limit) {
        this.switchLimit = positive(limit);
        return this;
    }

    /** Tests that move phases themselves want nobody else to. */
    MigrationBuilder<K, R> withoutSteward() {
        this.steward = false;
        return this;
    }

    MigrationBuilder<K, R> withSteward() {
        this.steward = true;
        return this;
    }

    MigrationBuilder<K, R> withSteward(Duration every) {
        this.stewardEvery = positive(every);
        return withSteward();
    }

    MigrationBuilder<K, R> samplesEvery(Duration pause) {
        this.samplesEvery = positive(pause);
        return this;
    }

    MigrationBuilder<K, R> switchSteps(Switch.Steps steps) {
        this.switchSteps = steps;
        return this;
    }

    MigrationBuilder<K, R> wishLimit(Duration limit) {
        this.wishLimit = positive(limit);
        return this;
    }

    /** Whether nobody will ever say which phase is wanted. */
    boolean isWithoutWish() {
        return phase == null && policy == null && !DubboWish.isPresent();
    }

    Wish wish() {
        if (phase != null) {
            return Wish.of(phase, isGray);
        }
        if (policy != null) {
            return new PolicyWish(name, policy, tags);
        }
        return DubboWish.isPresent() ? DubboWish.of(name) : Wish.of(() -> DataPhase.OLD_ONLY, isGray);
    }

    private static Duration positive(Duration duration) {
        if (duration.toMillis() <= 0) {
            throw new IllegalArgumentException("duration: found " + duration + ", expected 1 ms or more");
        }
        return duration;
    }

    /**
     * Starts the relay of this process. The new store may be away.
     *
     * @throws SQLException if the old store is away, or has not our tables or the columns
     * @throws IllegalArgumentException naming a column of a type that does not travel, or if both stores are one
     */
    public Migration<K, R> start() throws SQLException {
        Migration<K, R> migration = new Migration<>(this);
        try {
            migration.start();
            return migration;
        } catch (SQLException | RuntimeException e) {
            migration.close();
            throw e;
        }
    }
}
