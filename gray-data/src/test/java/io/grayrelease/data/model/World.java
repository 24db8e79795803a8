package io.grayrelease.data.model;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

import static io.grayrelease.data.model.Slot.ABORTS_LEFT;
import static io.grayrelease.data.model.Slot.APPLIED;
import static io.grayrelease.data.model.Slot.BEGAN_IN;
import static io.grayrelease.data.model.Slot.BELIEVED_EPOCH;
import static io.grayrelease.data.model.Slot.BELIEVES_CAPTURE;
import static io.grayrelease.data.model.Slot.CAPTURED;
import static io.grayrelease.data.model.Slot.CAPTURES;
import static io.grayrelease.data.model.Slot.COPIED;
import static io.grayrelease.data.model.Slot.COPIED_EXTRA;
import static io.grayrelease.data.model.Slot.COPIED_ROW;
import static io.grayrelease.data.model.Slot.CURSOR;
import static io.grayrelease.data.model.Slot.EPOCH;
import static io.grayrelease.data.model.Slot.EVENT;
import static io.grayrelease.data.model.Slot.EVENT_EXTRA;
import static io.grayrelease.data.model.Slot.EXPECTED;
import static io.grayrelease.data.model.Slot.EXPECTED_EXTRA;
import static io.grayrelease.data.model.Slot.EXTRA;
import static io.grayrelease.data.model.Slot.LOCK;
import static io.grayrelease.data.model.Slot.PRIMARY;
import static io.grayrelease.data.model.Slot.ROW;
import static io.grayrelease.data.model.Slot.SEQUENCE;
import static io.grayrelease.data.model.Slot.STANDING;
import static io.grayrelease.data.model.Slot.STATUS;
import static io.grayrelease.data.model.Slot.STORE;
import static io.grayrelease.data.model.Slot.SWITCHES_LEFT;
import static io.grayrelease.data.model.Slot.VERSION;
import static io.grayrelease.data.model.Slot.VERSION_OF_EXTRA;
import static io.grayrelease.data.model.Slot.WAITING;

/**
 * Two stores with an outbox each, writers in two processes, a copy, and the switch of the primary. Each step is one that a
 * database takes whole. What must never be is a {@link WrongWorldException}.
 */
final class World {
    static final int OLD = 0;
    static final int NEW = 1;

    private static final int OPEN = 0;
    private static final int CLOSING = 1;
    private static final int CLOSED = 2;

    private static final int IDLE = 0;
    private static final int LOCKED = 1;
    private static final int FENCED = 2;
    private static final int COMMITTED = 3;

    private static final int ABSENT = 0;
    private static final int OF_BEFORE = 100;
    /** A store compares only what the other one drew, so that both may draw the same. */
    private static final int FIRST_VERSION = 16;

    private static final int NO_VERSION = 0;
    private static final int COPIED_VERSION = 1;
    /** Of a writer that does not know the columns. */
    private static final int NOT_SAID = -1;

    private final List<Write> writes;
    private final Set<Protection> protections;
    private final Slots s;

    private World(List<Write> writes, Set<Protection> protections, Slots slots) {
        this.writes = writes;
        this.protections = protections;
        this.s = slots;
    }

    /** The first key is there since before anybody thought of a migration. */
    static World of(List<Write> writes, Set<Protection> protections, int switches, int aborts) {
        World world = new World(writes, EnumSet.copyOf(protections), Slots.ofZeros());
        world.s.set(OF_BEFORE, ROW, OLD, 0);
        world.s.set(OF_BEFORE, EXPECTED, 0);
        world.s.set(CLOSED, STANDING, NEW);
        world.s.set(1, EPOCH, OLD);
        world.s.set(FIRST_VERSION, SEQUENCE, OLD);
        world.s.set(FIRST_VERSION, SEQUENCE, NEW);
        world.s.set(switches, SWITCHES_LEFT);
        world.s.set(aborts, ABORTS_LEFT);
        for (int process = 0; process < 2; process++) {
            world.s.set(1, BELIEVED_EPOCH, process);
        }
        return world;
    }

    World copy() {
        return new World(writes, protections, s.copy());
    }

    Slots state() {
        return s;
    }

    private boolean with(Protection protection) {
        return protections.contains(protection);
    }

    /** Takes every step that can be taken next, each in a world of its own. */
    void steps(Consumer<World> next) {
        for (int write = 0; write < writes.size(); write++) {
            int each = write;
            step(next, world -> world.begin(each));
            step(next, world -> world.fence(each));
            step(next, world -> world.commit(each));
            step(next, world -> world.deliver(each));
            step(next, world -> world.acknowledge(each));
        }
        for (int key = 0; key < Slot.Size.KEYS; key++) {
            int each = key;
            step(next, world -> world.copyReads(each));
            step(next, world -> world.copyWrites(each));
        }
        step(next, World::capture);
        for (int store = OLD; store <= NEW; store++) {
            int each = store;
            step(next, world -> world.close(each));
            step(next, world -> world.abort(each));
            step(next, world -> world.handOver(each));
            step(next, world -> world.open(each));
        }
    }

    private void step(Consumer<World> next, Consumer<World> step) {
        World world = copy();
        step.accept(world);
        if (!world.s.equals(s)) {
            next.accept(world);
        }
    }

    /** Takes the lock of the row, in the store that the process believes to be the primary. */
    private void begin(int write) {
        Write what = writes.get(write);
        int store = s.get(PRIMARY, what.process());
        if (s.get(STATUS, write) != IDLE || s.is(LOCK, store, what.key())) {
            return;
        }
        s.set(LOCKED, STATUS, write);
        s.set(store, STORE, write);
        s.set(s.get(BELIEVED_EPOCH, what.process()), BEGAN_IN, write);
        s.set(s.get(BELIEVES_CAPTURE, what.process()), CAPTURED, write);
        if (with(Protection.VERSION_UNDER_LOCK)) {
            s.set(1, LOCK, store, what.key());
        } else {
            draw(write, store);
        }
    }

    private void draw(int write, int store) {
        if (s.is(CAPTURED, write)) {
            s.set(s.get(SEQUENCE, store) + 1, SEQUENCE, store);
            s.set(s.get(SEQUENCE, store), EVENT, write);
        }
    }

    /** Looks, under a lock that a switch waits for, whether the store is still what it was believed to be. */
    private void fence(int write) {
        if (s.get(STATUS, write) != LOCKED) {
            return;
        }
        Write what = writes.get(write);
        int store = s.get(STORE, write);
        boolean asBelieved = s.get(STANDING, store) == OPEN
                && s.get(EPOCH, store) == s.get(BEGAN_IN, write)
                && s.is(CAPTURES) == s.is(CAPTURED, write);
        if (with(Protection.FENCE) && !asBelieved) {
            s.set(0, LOCK, store, what.key());
            s.set(0, EVENT, write);
            s.set(IDLE, STATUS, write);
            look(what.process());
            return;
        }
        if (with(Protection.VERSION_UNDER_LOCK)) {
            draw(write, store);
        } else if (s.is(LOCK, store, what.key())) {
            return;
        } else {
            s.set(1, LOCK, store, what.key());
        }
        s.set(FENCED, STATUS, write);
    }

    private void look(int process) {
        int primary = s.get(EPOCH, NEW) > s.get(EPOCH, OLD)
                        || (s.get(EPOCH, NEW) == s.get(EPOCH, OLD) && s.get(STANDING, NEW) != CLOSED)
                ? NEW
                : OLD;
        s.set(primary, PRIMARY, process);
        s.set(s.get(EPOCH, primary), BELIEVED_EPOCH, process);
        s.set(s.get(CAPTURES), BELIEVES_CAPTURE, process);
    }

    private void commit(int write) {
        if (s.get(STATUS, write) != FENCED) {
            return;
        }
        Write what = writes.get(write);
        int store = s.get(STORE, write);
        int key = what.key();
        s.set(0, LOCK, store, key);
        s.set(COMMITTED, STATUS, write);
        changed(write, ROW, EXTRA, store * Slot.Size.KEYS + key);
        changed(write, EXPECTED, EXPECTED_EXTRA, key);
        s.set(s.get(CAPTURED, write), WAITING, write);
        boolean said = what.knowsNew() || (store == NEW && !what.isDelete());
        s.set(said ? s.get(EXTRA, store, key) : NOT_SAID, EVENT_EXTRA, write);
        if (store == OLD && !with(Protection.KEPT_EXTRAS)) {
            s.set(0, EXTRA, OLD, key);
        }
    }

    private void changed(int write, Slot row, Slot extra, int index) {
        Write what = writes.get(write);
        boolean wasThere = s.get(row, index) != ABSENT;
        s.set(what.isDelete() ? ABSENT : write + 1, row, index);
        if (what.isDelete() || (!what.knowsNew() && !wasThere)) {
            s.set(0, extra, index);
        } else if (what.knowsNew()) {
            s.set(write + 1, extra, index);
        }
    }

    /** A queue may deliver an event whenever and as often as it likes, once it was committed. */
    private void deliver(int write) {
        int from = s.get(STORE, write);
        if (s.get(STATUS, write) != COMMITTED || !s.is(CAPTURED, write)) {
            return;
        }
        int event = s.get(EVENT, write);
        if (!with(Protection.NO_CURSOR)) {
            if (event <= s.get(CURSOR, from)) {
                return;
            }
            s.set(event, CURSOR, from);
        }
        s.set(1, APPLIED, write);
        Write what = writes.get(write);
        apply(1 - from, what.key(), event, what.isDelete() ? ABSENT : write + 1, s.get(EVENT_EXTRA, write));
    }

    private void acknowledge(int write) {
        boolean passedOver = !with(Protection.NO_CURSOR)
                && s.get(EVENT, write) <= s.get(CURSOR, s.get(STORE, write))
                && s.get(STATUS, write) == COMMITTED;
        if (s.is(APPLIED, write) || passedOver) {
            s.set(0, WAITING, write);
        }
    }

    private void apply(int store, int key, int event, int row, int extra) {
        int version = s.get(VERSION, store, key);
        int versionOfExtra = s.get(VERSION_OF_EXTRA, store, key);
        boolean newer = event > version || !with(Protection.COMPARED_VERSIONS);
        boolean settles = row == ABSENT || extra != NOT_SAID;
        boolean settlesNewer = settles
                && (with(Protection.VERSION_OF_NEW_COLUMNS)
                        ? event > versionOfExtra || !with(Protection.COMPARED_VERSIONS)
                        : newer);
        if (newer) {
            s.set(row, ROW, store, key);
            s.set(event, VERSION, store, key);
        }
        if (settlesNewer) {
            s.set(event, VERSION_OF_EXTRA, store, key);
            s.set(row == ABSENT ? 0 : extra, EXTRA, store, key);
        }
        if (s.get(ROW, store, key) == ABSENT) {
            s.set(0, EXTRA, store, key);
            if (!with(Protection.TOMBSTONE)) {
                s.set(NO_VERSION, VERSION, store, key);
                s.set(NO_VERSION, VERSION_OF_EXTRA, store, key);
            }
        }
        if (s.get(VERSION, store, key) < version && with(Protection.TOMBSTONE)) {
            throw new WrongWorldException("a version fell");
        }
    }

    private void copyReads(int key) {
        if (s.is(CAPTURES) && s.get(COPIED, key) == 0) {
            s.set(1, COPIED, key);
            s.set(s.get(ROW, OLD, key), COPIED_ROW, key);
            s.set(s.get(EXTRA, OLD, key), COPIED_EXTRA, key);
        }
    }

    private void copyWrites(int key) {
        if (s.get(COPIED, key) != 1) {
            return;
        }
        s.set(2, COPIED, key);
        boolean free = with(Protection.CLAIM) ? s.get(VERSION, NEW, key) == NO_VERSION : s.get(ROW, NEW, key) == ABSENT;
        if (free && s.get(COPIED_ROW, key) != ABSENT) {
            s.set(s.get(COPIED_ROW, key), ROW, NEW, key);
            s.set(s.get(COPIED_EXTRA, key), EXTRA, NEW, key);
            s.set(Math.max(COPIED_VERSION, s.get(VERSION, NEW, key)), VERSION, NEW, key);
            s.set(Math.max(COPIED_VERSION, s.get(VERSION_OF_EXTRA, NEW, key)), VERSION_OF_EXTRA, NEW, key);
        } else if (with(Protection.COPIED_EXTRAS) && s.is(COPIED_EXTRA, key)) {
            settle(key);
        }
        s.set(0, COPIED_ROW, key);
        s.set(0, COPIED_EXTRA, key);
    }

    private void settle(int key) {
        if (s.get(VERSION_OF_EXTRA, NEW, key) == NO_VERSION) {
            s.set(s.get(COPIED_EXTRA, key), EXTRA, NEW, key);
            s.set(COPIED_VERSION, VERSION_OF_EXTRA, NEW, key);
        }
    }

    private void capture() {
        if (isQuiet(OLD)) {
            s.set(1, CAPTURES);
        }
    }

    /** Whether no write has passed the fence and is not committed: what a lock on the fence waits for. */
    private boolean isQuiet(int store) {
        for (int write = 0; write < writes.size(); write++) {
            if (s.get(STATUS, write) == FENCED && s.get(STORE, write) == store) {
                return !with(Protection.FENCE);
            }
        }
        return true;
    }

    private void close(int store) {
        boolean copied = s.get(COPIED, 0) == 2 && s.get(COPIED, 1) == 2;
        if (copied && s.get(STANDING, store) == OPEN && s.get(SWITCHES_LEFT) > 0 && isQuiet(store)) {
            s.set(s.get(SWITCHES_LEFT) - 1, SWITCHES_LEFT);
            s.set(CLOSING, STANDING, store);
        }
    }

    private void abort(int store) {
        boolean handedOver = s.get(STANDING, store) == CLOSED && s.get(EPOCH, store) > 1;
        boolean late = !with(Protection.ONE_COMMIT_POINT) && handedOver;
        if (s.get(ABORTS_LEFT) > 0 && (s.get(STANDING, store) == CLOSING || late)) {
            s.set(s.get(ABORTS_LEFT) - 1, ABORTS_LEFT);
            s.set(OPEN, STANDING, store);
        }
    }

    private void handOver(int store) {
        if (s.get(STANDING, store) != CLOSING) {
            return;
        }
        for (int write = 0; write < writes.size(); write++) {
            if (s.is(WAITING, write) && s.get(STORE, write) == store && with(Protection.DRAIN)) {
                return;
            }
        }
        s.set(CLOSED, STANDING, store);
        s.set(s.get(EPOCH, store) + 1, EPOCH, store);
    }

    private void open(int store) {
        int other = 1 - store;
        if (s.get(STANDING, other) != CLOSED || s.get(EPOCH, other) <= s.get(EPOCH, store)) {
            return;
        }
        s.set(s.get(EPOCH, other), EPOCH, store);
        s.set(OPEN, STANDING, store);
    }

    /** What must hold at any time. */
    void check() {
        if (s.get(STANDING, OLD) != CLOSED && s.get(STANDING, NEW) != CLOSED) {
            throw new WrongWorldException("two primaries");
        }
        for (int write = 0; write < writes.size(); write++) {
            int store = s.get(STORE, write);
            boolean passed = s.get(STATUS, write) == FENCED;
            if (passed && (s.get(STANDING, store) != OPEN || s.get(EPOCH, store) != s.get(BEGAN_IN, write))) {
                throw new WrongWorldException("a write commits in a store that is not the primary of its epoch");
            }
        }
    }

    /** What must hold where nothing is left to do. */
    void checkAtTheEnd() {
        for (int key = 0; key < Slot.Size.KEYS; key++) {
            for (int store = OLD; store <= NEW; store++) {
                boolean equal = s.get(ROW, store, key) == s.get(EXPECTED, key)
                        && s.get(EXTRA, store, key) == s.get(EXPECTED_EXTRA, key);
                if (!equal) {
                    throw new WrongWorldException("key " + key + " of store " + store + ": found "
                            + s.get(ROW, store, key)
                            + " and " + s.get(EXTRA, store, key) + ", expected " + s.get(EXPECTED, key) + " and "
                            + s.get(EXPECTED_EXTRA, key));
                }
            }
        }
    }
}
