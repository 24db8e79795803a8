package io.grayrelease.policy.source;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

import io.grayrelease.policy.check.DataSteps;
import io.grayrelease.policy.decide.PolicyEvaluator;
import io.grayrelease.policy.model.GrayPolicy;
import io.grayrelease.policy.model.Problem;
import io.grayrelease.policy.model.Snapshot;
import io.grayrelease.policy.parse.ParseResult;
import io.grayrelease.policy.parse.PolicyParser;
import io.grayrelease.policy.source.PolicyStatus.Rejection;

/**
 * Keeps the last accepted policy, in memory and on disk. A snapshot is accepted whole or refused whole; a refused one
 * changes nothing. Sources offer snapshots from any thread; calls read {@link #current}. Nothing here throws.
 */
public final class PolicyRepository {
    private static final String SWITCH = "gray.switch";
    private static final Snapshot NO_KEYS = Snapshot.of(Collections.emptyMap());

    private final SnapshotStore store;
    private final Clock clock;
    private final Function<GrayPolicy, List<Problem>> limits;
    private final PolicyLog log = new PolicyLog();
    private final List<Consumer<PolicyStatus>> listeners = new CopyOnWriteArrayList<>();
    private volatile PolicyStatus status = PolicyStatus.NOTHING;
    private volatile @Nullable PolicyInForce current;

    private PolicyRepository(SnapshotStore store, Clock clock, Function<GrayPolicy, List<Problem>> limits) {
        this.store = store;
        this.clock = clock;
        this.limits = limits;
    }

    /** A repository that keeps what it accepts in a store. */
    public static PolicyRepository of(SnapshotStore store, Clock clock) {
        return of(store, clock, policy -> Collections.emptyList());
    }

    /**
     * The same in a process that cannot carry out every policy.
     *
     * @param limits what it cannot carry out of a policy; any problem makes a snapshot a refused one
     */
    public static PolicyRepository of(SnapshotStore store, Clock clock, Function<GrayPolicy, List<Problem>> limits) {
        return new PolicyRepository(store, clock, limits);
    }

    /** A repository that forgets everything with the process. */
    public static PolicyRepository inMemory(Clock clock) {
        return of(SnapshotStore.none(), clock);
    }

    /** The policy in force, or null if there is none. One volatile read: ask once per call and keep the answer. */
    public @Nullable PolicyInForce current() {
        return current;
    }

    /** What is in force, its warnings, and what was refused. */
    public PolicyStatus status() {
        return status;
    }

    /**
     * Tells a listener of the status whenever it has changed, on the thread of the source and in order: it must not
     * wait. What it throws is logged.
     */
    public void listen(Consumer<PolicyStatus> listener) {
        listeners.add(listener);
    }

    /** Takes the snapshot that a source has just read, if it is a good one. */
    public synchronized void offer(Snapshot snapshot) {
        PolicyStatus before = status;
        try {
            judge(snapshot);
        } catch (RuntimeException | StackOverflowError e) {
            log.fault(e);
            reject(snapshot, Collections.singletonList(Problem.ofKey("", e.toString(), "a policy that can be read")));
        }
        tell(before);
    }

    /** Puts the last accepted snapshot from disk in force, if nothing is yet; whether it did. */
    public synchronized boolean restore() {
        PolicyStatus before = status;
        boolean restored = restoreIfNone();
        tell(before);
        return restored;
    }

    private boolean restoreIfNone() {
        try {
            return current == null && restoreStored();
        } catch (RuntimeException | StackOverflowError e) {
            log.fault(e);
            return false;
        }
    }

    private void tell(PolicyStatus before) {
        if (before == status) {
            return;
        }
        for (Consumer<PolicyStatus> listener : listeners) {
            try {
                listener.accept(status);
            } catch (RuntimeException | LinkageError e) {
                log.fault(e);
            }
        }
    }

    private void judge(Snapshot snapshot) {
        if (snapshot.isEmpty()) {
            judgeEmpty(snapshot);
            return;
        }
        ParseResult result = PolicyParser.parse(snapshot);
        GrayPolicy policy = result.policy();
        List<Problem> errors = policy == null ? result.errors() : limits.apply(policy);
        if (policy != null && errors.isEmpty()) {
            accept(policy, result);
        } else if (PolicyParser.isSwitchedOff(snapshot)) {
            switchOff(snapshot, errors);
        } else {
            reject(snapshot, errors);
        }
    }

    /** To take everything away, an operator switches off; an empty namespace is more likely an accident. */
    private void judgeEmpty(Snapshot empty) {
        restoreIfNone();
        if (current == null) {
            log.noPolicy();
        } else {
            reject(
                    empty,
                    Collections.singletonList(Problem.ofKey(
                            "",
                            "no gray.* key",
                            "the keys of a policy, or gray.switch = off to take everything away")));
        }
    }

    private boolean restoreStored() {
        SnapshotStore.Stored stored = store.load();
        if (stored == null) {
            return false;
        }
        ParseResult result = PolicyParser.parse(stored.snapshot());
        GrayPolicy policy = result.policy();
        List<Problem> errors = policy == null ? result.errors() : beyondLimits(policy);
        if (policy == null || !errors.isEmpty()) {
            log.unusable(stored.snapshot().hash(), errors);
            return false;
        }
        putInForce(policy, stored.acceptedAt(), true);
        status = status.with(result.warnings());
        log.restored(policy, stored.acceptedAt());
        return true;
    }

    /** What was kept may be of a process that could more. One that is switched off decides nothing, so it asks for nothing. */
    private List<Problem> beyondLimits(GrayPolicy policy) {
        return policy.on() ? limits.apply(policy) : Collections.emptyList();
    }

    /** Everything that can wait does: the policy is in force before it is checked for warnings and kept. */
    private void accept(GrayPolicy policy, ParseResult result) {
        PolicyInForce before = current;
        if (before != null && isSame(before.policy(), policy)) {
            confirm(before);
            return;
        }
        Instant now = clock.instant();
        putInForce(policy, now, false);
        store.save(policy.snapshot(), now);
        List<Problem> warnings = withOwnWarnings(policy, before, result.warnings());
        status = status.with(warnings);
        log.accepted(policy, warnings);
    }

    /** The hashes mostly decide, without a look at every key. */
    private static boolean isSame(GrayPolicy one, GrayPolicy other) {
        return one.hash().equals(other.hash()) && one.snapshot().equals(other.snapshot());
    }

    /** The source says what is in force already: no change, but a rejection before it, say of a bad publish, is over. */
    private void confirm(PolicyInForce inForce) {
        if (status.rejection() != null) {
            log.confirmed(inForce.policy());
        }
        status = PolicyStatus.of(inForce, false, status.warnings(), null);
    }

    /** The switch works when every other key is garbage; what is reserved then comes from the last accepted snapshot. */
    private void switchOff(Snapshot snapshot, List<Problem> errors) {
        ParseResult off = lastAcceptedSwitchedOff();
        PolicyInForce before = current;
        GrayPolicy policy = off.policy();
        if (policy != null && (before == null || !isSame(before.policy(), policy))) {
            accept(policy, off);
        }
        reject(snapshot, errors);
    }

    /** Never put in force with its switch on, not even for a moment. */
    private ParseResult lastAcceptedSwitchedOff() {
        ParseResult off = PolicyParser.parse(lastAccepted().with(SWITCH, "off"));
        return off.policy() != null ? off : PolicyParser.parse(NO_KEYS.with(SWITCH, "off"));
    }

    private Snapshot lastAccepted() {
        PolicyInForce before = current;
        if (before != null) {
            return before.policy().snapshot();
        }
        SnapshotStore.Stored stored = store.load();
        return stored == null ? NO_KEYS : stored.snapshot();
    }

    private void reject(Snapshot snapshot, List<Problem> errors) {
        restoreIfNone(); // so that what stays in force is known, and can be named
        Rejection last = status.rejection();
        if (last != null && last.hash().equals(snapshot.hash())) {
            return;
        }
        status = status.with(Rejection.of(snapshot.hash(), clock.instant(), errors));
        log.rejected(snapshot.hash(), current, errors);
    }

    private void putInForce(GrayPolicy policy, Instant acceptedAt, boolean fromDisk) {
        PolicyInForce inForce = PolicyInForce.of(policy, PolicyEvaluator.of(policy, clock), acceptedAt);
        status = PolicyStatus.of(inForce, fromDisk, Collections.emptyList(), null);
        current = inForce;
    }

    /** What only the policy before makes look wrong. */
    private static List<Problem> withOwnWarnings(
            GrayPolicy policy, @Nullable PolicyInForce before, List<Problem> warnings) {
        if (before == null) {
            return warnings;
        }
        List<Problem> all = new ArrayList<>(warnings);
        if (policy.rules().isEmpty() && !before.policy().rules().isEmpty()) {
            all.add(Problem.ofKey(
                    "",
                    "no rule",
                    "rules, since the policy before (" + before.policy().hash() + ") had some"));
        }
        all.addAll(DataSteps.check(before.policy(), policy));
        return all;
    }
}
