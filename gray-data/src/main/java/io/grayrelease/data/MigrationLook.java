package io.grayrelease.data;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import javax.sql.DataSource;

import org.jspecify.annotations.Nullable;

import io.grayrelease.policy.model.DataPhase;

/**
 * What people see of a migration, from outside its services. It reads our tables alone, but for the step to {@link DataPhase#CAPTURE},
 * and one of the stores may be away. Thread-safe.
 */
public final class MigrationLook {
    private static final int LETTERS = 5;

    private final String name;
    private final DataSource old;
    private final DataSource ofNew;

    private MigrationLook(String name, DataSource old, DataSource ofNew) {
        this.name = name;
        this.old = old;
        this.ofNew = ofNew;
    }

    public static MigrationLook of(String name, DataSource old, DataSource ofNew) {
        return new MigrationLook(name, old, ofNew);
    }

    /**
     * The migrations that the old store knows, or the new one if that is away: those whose services have run at least once.
     *
     * @throws SQLException if neither says it, with the words of both
     */
    public static List<String> names(DataSource old, DataSource ofNew) throws SQLException {
        Glance atOld = new Glance(StoreFault.OLD, old);
        Optional<List<String>> names = atOld.ask(store -> Sql.own(store, TableTable::names));
        if (names.isPresent()) {
            return names.get();
        }
        String trouble = atOld.trouble().orElse("");
        if (!atOld.isAway()) {
            throw new SQLException(trouble);
        }
        Glance atNew = new Glance(StoreFault.NEW, ofNew);
        return atNew.ask(store -> Sql.own(store, MigrationLook::ofStates))
                .orElseThrow(() ->
                        new SQLException(trouble + "; and " + atNew.trouble().orElse("")));
    }

    private static List<String> ofStates(Connection connection) throws SQLException {
        return Sql.texts(connection, "SELECT migration FROM gray_state ORDER BY migration");
    }

    /**
     * Where the migration is, as far as the stores tell.
     *
     * @throws SQLException if neither of them does, with the words of both
     * @throws IllegalArgumentException if they are one database
     */
    public MigrationStatus status() throws SQLException {
        Look look = new Look();
        MigrationStatus.Builder status = look.status();
        if (!look.fact.isOpen()) {
            return status.build();
        }
        DataPhase next = next(look.fact, status.processes);
        status.next = next;
        if (next == null) {
            status.noWay = noWay(look.fact, status.processes);
        } else {
            status.gates = look.gates(next);
        }
        status.back = back(look.fact);
        status.backGates = status.back == null ? Collections.emptyList() : look.gates(status.back);
        return status.build();
    }

    /**
     * What must hold before a step from the fact is taken, and whether it does.
     *
     * @throws SQLException if neither store tells the fact
     */
    public List<Gate> gates(DataPhase next) throws SQLException {
        return new Look().gates(next);
    }

    /** Both stores at one moment. */
    private final class Look {
        private final Glance atOld = new Glance(StoreFault.OLD, old);
        private final Glance atNew = new Glance(StoreFault.NEW, ofNew);
        private final Fact fact;
        private final boolean certain;

        Look() throws SQLException {
            Optional<State> ofOld = state(atOld, State.ofOld());
            Sighting sighting = Sighting.of(ofOld, state(atNew, State.ofNew()))
                    .orElseThrow(() -> new SQLException(String.join("; and ", troubles(null))));
            this.fact = sighting.fact();
            this.certain = sighting.isCertain();
            Optional<List<@Nullable String>> place = atOld.ask(store -> Sql.one(store, Store::place));
            Optional<List<@Nullable String>> other = atNew.ask(store -> Sql.one(store, Store::place));
            if (place.isPresent() && other.isPresent()) {
                TwoPlaces.check(place.get(), other.get());
            }
        }

        /** Nothing is written: of a store that no service has reached it is known what it will say. */
        private Optional<State> state(Glance store, State first) {
            return store.ask(source -> {
                State found = Sql.own(
                                source,
                                connection -> Optional.ofNullable(
                                        new StateTable(name).read(connection, Dialect.of(connection))))
                        .orElse(null);
                return found == null ? first : found;
            });
        }

        private Glance primary() {
            return fact.newIsPrimary() ? atNew : atOld;
        }

        private Glance other() {
            return fact.newIsPrimary() ? atOld : atNew;
        }

        MigrationStatus.Builder status() {
            MigrationStatus.Builder status = new MigrationStatus.Builder(name, fact, certain);
            Optional<List<ProcessStatus>> processes = atOld.ask(store ->
                    Sql.own(store, connection -> new ProcessTable(name).read(connection, Dialect.of(connection))));
            status.processes = processes.orElse(Collections.emptyList());
            status.knowsProcesses = processes.isPresent();
            status.pause = primary()
                    .ask(store -> Sql.own(store, new StateTable(name)::pause).orElse(null));
            status.backlog = primary().ask(store -> Sql.own(store, new Outbox(name)::backlog));
            status.deadLetters = other().ask(store -> new DeadLetters(name, store).count());
            status.letters = other().ask(
                            store -> Sql.own(store, connection -> DeadLetter.first(connection, name, LETTERS)))
                    .orElse(Collections.emptyList());
            status.copy = atNew.ask(store -> CopyProgress.of(
                    Sql.own(store, connection -> Optional.ofNullable(new JobTable(name, JobKind.COPY).read(connection)))
                            .orElse(null)));
            status.compare = atNew.ask(store -> new CompareReports(name, store).report());
            status.troubles = troubles(fact);
            return status;
        }

        /** What is wrong with the stores, and what that means. */
        private List<String> troubles(@Nullable Fact known) {
            List<String> troubles = new ArrayList<>();
            for (Glance store : new Glance[] {atOld, atNew}) {
                store.trouble()
                        .map(words -> words + (known == null || !store.isAway() ? "" : "; " + meaning(store, known)))
                        .ifPresent(troubles::add);
            }
            return troubles;
        }

        private String meaning(Glance store, Fact known) {
            if (store == primary()) {
                return "it is the primary" + (certain ? "" : ", as far as " + other().name() + " knows")
                        + ": writes fail, unless the services reach it";
            }
            return "it is not the primary: writes go on in " + primary().name()
                    + (known.captures()
                            ? ", and events wait for it"
                            : ", and nothing is brought over in " + known.phase());
        }

        List<Gate> gates(DataPhase next) throws SQLException {
            Optional<Table> table = atOld.ask(store -> Sql.own(store, new TableTable(name)::read));
            if (!table.isPresent()) {
                String why = atOld.isAway()
                        ? StoreFault.silent(StoreFault.OLD)
                        : troubles(null).toString();
                return Collections.singletonList(
                        new Gate("the old store answers", Collections.singletonList("not known: " + why), null));
            }
            Set<String> away = new TreeSet<>();
            if (atNew.isAway()) {
                away.add(StoreFault.NEW);
            }
            Table declared = table.get();
            return new Gates(name, Store.old(old, declared), Store.ofNew(ofNew, declared), declared)
                    .all(fact, next, away);
        }
    }

    /** After the last phase, the wishes that nobody can follow. */
    private static List<String> noWay(Fact fact, List<ProcessStatus> processes) {
        List<String> reasons = new ArrayList<>();
        for (ProcessStatus process : processes) {
            if (process.isAlive() && process.hasNoWay(fact)) {
                reasons.add("there is no way back from " + fact.phase() + ": " + process);
            }
        }
        return reasons;
    }

    /** The phase before; null where there is none, or no way back. */
    private static @Nullable DataPhase back(Fact fact) {
        for (DataPhase phase : fact.phase().next()) {
            if (phase.compareTo(fact.phase()) < 0) {
                return phase;
            }
        }
        return null;
    }

    /** Where the processes want to go, else where one would go next. */
    private static @Nullable DataPhase next(Fact fact, List<ProcessStatus> processes) {
        for (ProcessStatus process : processes) {
            DataPhase step = process.isAlive() ? process.next(fact) : null;
            if (step != null) {
                return step;
            }
        }
        return fact.phase().next().isEmpty() ? null : fact.phase().next().get(0);
    }
}
