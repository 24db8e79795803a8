package io.grayrelease.data;

import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import javax.sql.DataSource;

import org.jspecify.annotations.Nullable;

import io.grayrelease.policy.model.DataPhase;

import static io.grayrelease.data.StoreFault.NEW;
import static io.grayrelease.data.StoreFault.OLD;

/** What must hold before a step is taken; read from the databases alone. */
final class Gates {
    private static final long MOST_LAG_MILLIS = 1_000;
    private static final int NAMED = 2;

    private final String migration;
    private final DataSource old;
    private final DataSource ofNew;
    private final TwoPlaces places;
    private final NewTable newTable;
    private final Undeclared undeclared;
    private final UniqueKey keyOfOld;
    private final UniqueKey keyOfNew;
    private final CompareReports reports;

    Gates(String migration, Store old, Store ofNew, Table table) {
        this.migration = migration;
        this.old = old.source();
        this.ofNew = ofNew.source();
        this.places = new TwoPlaces(old, ofNew);
        this.newTable = new NewTable(migration, ofNew);
        this.undeclared = new Undeclared(old, table);
        this.keyOfOld = new UniqueKey(old, table);
        this.keyOfNew = new UniqueKey(ofNew, table);
        this.reports = new CompareReports(migration, this.ofNew);
    }

    /** The reasons why a step is not taken now; none if it may be. */
    List<String> shut(Fact fact, DataPhase next) {
        List<String> reasons = new ArrayList<>();
        all(fact, next, Collections.emptySet()).forEach(gate -> reasons.addAll(gate.reasons()));
        return reasons;
    }

    /**
     * All that must hold for a step, and whether it does.
     *
     * @param away the stores that did not answer just now, and are not asked again
     */
    List<Gate> all(Fact fact, DataPhase next, Set<String> away) {
        Looks looks = new Looks(away);
        List<Gate> gates = new ArrayList<>();
        gates.add(looks.gate("all processes know the same", null, in(OLD, reasons -> processes(fact, next, reasons))));
        boolean forward = next.compareTo(fact.phase()) > 0;
        switch (forward ? next : fact.phase()) {
            case CAPTURE:
                if (forward) {
                    gates.add(looks.gate(
                            "the new table is empty, or ours",
                            null,
                            in(OLD, reasons -> places.reachOld()),
                            in(NEW, this::newTable)));
                    gates.add(looks.gate(
                            "every column is declared, and the key is unique",
                            null,
                            in(OLD, undeclared::columns),
                            in(OLD, keyOfOld::rowsOfOneKey)));
                }
                break;
            case GRAY_READ:
                if (forward) {
                    gates.add(looks.gate("the copy is done", JobKind.COPY, in(NEW, this::copied)));
                }
                break;
            case NEW_PRIMARY:
                if (forward) {
                    gates.add(looks.gate("the copy is done", JobKind.COPY, in(NEW, this::copied)));
                    gates.add(looks.gate(
                            "a comparison is clean",
                            JobKind.COMPARE,
                            in(NEW, reasons -> compared(copiedAt(), "the copy ended", reasons))));
                }
                behind(looks, forward, gates);
                break;
            default:
                gates.add(looks.gate("a comparison is clean", JobKind.COMPARE, in(NEW, this::comparedSinceSwitch)));
                behind(looks, false, gates);
                break;
        }
        return gates;
    }

    /** Adds the reasons why something does not hold. */
    private interface Check {
        void look(List<String> reasons) throws SQLException;
    }

    /** What one store is asked. */
    private static final class Part {
        final String store;
        final Check check;

        Part(String store, Check check) {
            this.store = store;
            this.check = check;
        }
    }

    private static Part in(String store, Check check) {
        return new Part(store, check);
    }

    /** The stores as they answer during one look: who does not answer is waited for once, and told with its words once. */
    private static final class Looks {
        private final Set<String> away;

        Looks(Set<String> away) {
            this.away = new HashSet<>(away);
        }

        Gate gate(String name, @Nullable JobKind opens, Part... parts) {
            List<String> reasons = new ArrayList<>();
            for (Part part : parts) {
                if (!look(part, reasons)) {
                    return new Gate(name, reasons, null);
                }
            }
            return new Gate(name, reasons, opens);
        }

        private boolean look(Part part, List<String> reasons) {
            if (away.contains(part.store)) {
                reasons.add("not known: " + StoreFault.silent(part.store));
                return false;
            }
            try {
                part.check.look(reasons);
                return true;
            } catch (SQLException e) {
                if (StoreFault.isAway(e)) {
                    away.add(part.store);
                }
                reasons.add("not known: " + StoreFault.words(part.store, e));
                return false;
            }
        }
    }

    private void newTable(List<String> reasons) throws SQLException {
        places.areOne(reasons);
        newTable.foreignRows(reasons);
        keyOfNew.rowsOfOneKey(reasons);
    }

    private void processes(Fact fact, DataPhase next, List<String> reasons) throws SQLException {
        List<ProcessStatus> alive =
                Sql.own(old, connection -> new ProcessTable(migration).read(connection, Dialect.of(connection)))
                        .stream()
                        .filter(ProcessStatus::isAlive)
                        .collect(Collectors.toList());
        Map<String, List<String>> wishes = new TreeMap<>();
        for (ProcessStatus process : alive) {
            if (process.epoch() != fact.epoch()
                    || !process.phase().equals(fact.phase().name())) {
                reasons.add("not all processes know the fact: " + process);
            }
            if (!process.isReady()) {
                if (Readiness.needsBoth(fact, next)) {
                    reasons.add("a process lacks what the step needs: " + process);
                }
                continue;
            }
            wishes.computeIfAbsent(String.valueOf(process.wish()), wish -> new ArrayList<>())
                    .add(process.name() + " seen " + process.age().toMillis() + " ms ago");
        }
        if (wishes.size() > 1) {
            List<String> each = new ArrayList<>();
            wishes.forEach((wish, of) -> each.add((wish.equals("null") ? "none yet" : wish) + " of "
                    + (of.size() > NAMED ? of.size() + " processes" : String.join(" and ", of))));
            reasons.add("not all processes have the same wish: " + String.join(", ", each));
        }
    }

    private void copied(List<String> reasons) throws SQLException {
        CopyProgress copy = CopyProgress.of(copy());
        if (!copy.isDone()) {
            reasons.add("the copy is not done: " + copy);
        }
    }

    /** When the copy ended, by the new store's clock; 0 if it did not. */
    private long copiedAt() throws SQLException {
        Job job = copy();
        return job == null ? 0 : job.finishedMillis;
    }

    private @Nullable Job copy() throws SQLException {
        return Sql.own(ofNew, connection -> Optional.ofNullable(new JobTable(migration, JobKind.COPY).read(connection)))
                .orElse(null);
    }

    private void comparedSinceSwitch(List<String> reasons) throws SQLException {
        compared(Sql.own(ofNew, new StateTable(migration)::openSince), "the switch", reasons);
    }

    private void compared(long sinceMillis, String since, List<String> reasons) throws SQLException {
        CompareReport report = reports.report();
        long began = report.began().map(Instant::toEpochMilli).orElse(0L);
        if (report.run() == 0 || began < sinceMillis) {
            reasons.add("no comparison has begun since " + since);
        } else if (!report.isClean()) {
            reasons.add("the last comparison is not clean: " + report);
        }
    }

    private void behind(Looks looks, boolean fromOld, List<Gate> gates) {
        DataSource from = fromOld ? old : ofNew;
        DataSource to = fromOld ? ofNew : old;
        gates.add(looks.gate("no event waits long", null, in(fromOld ? OLD : NEW, reasons -> waiting(from, reasons))));
        gates.add(looks.gate("no dead letters", null, in(fromOld ? NEW : OLD, reasons -> dead(to, reasons))));
    }

    private void waiting(DataSource from, List<String> reasons) throws SQLException {
        Backlog backlog = Sql.own(from, new Outbox(migration)::backlog);
        if (backlog.age().toMillis() > MOST_LAG_MILLIS) {
            reasons.add("events wait: found " + backlog + ", expected none of more than " + MOST_LAG_MILLIS + " ms");
        }
    }

    private void dead(DataSource to, List<String> reasons) throws SQLException {
        int dead = new DeadLetters(migration, to).count();
        if (dead > 0) {
            reasons.add("found " + dead + " dead letters, expected none");
        }
    }
}
