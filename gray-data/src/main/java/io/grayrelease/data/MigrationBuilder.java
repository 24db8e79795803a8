package io.grayrelease.data;

import java.sql.SQLException;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import javax.sql.DataSource;

/** Gathers the settings of a migration; not thread-safe. */
public final class MigrationBuilder<K, R> {
    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,63}");

    final String name;
    final DataSource old;
    final DataSource ofNew;
    final RowMapper<K, R> mapper;
    Supplier<Phase> phase = () -> Phase.OLD_ONLY;
    BooleanSupplier isGray = () -> false;
    Carrier.Factory carrier = Carrier.direct();
    Duration immediateLimit = Duration.ofMillis(100);
    Duration deadLettersEvery = Duration.ofSeconds(5);
    double shadowRate;
    boolean comparesWrites;

    MigrationBuilder(String name, DataSource old, DataSource ofNew, RowMapper<K, R> mapper) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("migration: found " + name + ", expected " + NAME);
        }
        this.name = name;
        this.old = old;
        this.ofNew = ofNew;
        this.mapper = mapper;
    }

    /** Where the phase is asked for, once per write and read; {@link Phase#OLD_ONLY} unless set. */
    public MigrationBuilder<K, R> phase(Supplier<Phase> current) {
        this.phase = current;
        return this;
    }

    /** Whether the request of this thread reads the new store, from {@link Phase#GRAY_READ} on; nobody unless set. */
    public MigrationBuilder<K, R> grayReader(BooleanSupplier readsNew) {
        this.isGray = readsNew;
        return this;
    }

    /** The way of events; straight unless set. */
    public MigrationBuilder<K, R> carrier(Carrier.Factory factory) {
        this.carrier = factory;
        return this;
    }

    /** How long a write waits at most, from {@link Phase#GRAY_READ} on, until the new store has it; 100 ms unless set. */
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
     * @throws IllegalArgumentException naming a column of a type that does not travel
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
