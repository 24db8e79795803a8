package io.grayrelease.data.model;

/** What the state of a world consists of; each by one or two indexes below the sizes given. */
enum Slot {
    // By store and key: the row (0 for none), the columns that only the new store has, and what the store knows of the
    // key.
    ROW(2, Size.KEYS),
    EXTRA(2, Size.KEYS),
    VERSION(2, Size.KEYS),
    VERSION_OF_EXTRA(2, Size.KEYS),
    LOCK(2, Size.KEYS),
    // By store.
    STANDING(2, 1),
    EPOCH(2, 1),
    SEQUENCE(2, 1),
    CURSOR(2, 1),
    // Of the migration.
    CAPTURES(1, 1),
    SWITCHES_LEFT(1, 1),
    ABORTS_LEFT(1, 1),
    // By process: what it believes.
    PRIMARY(2, 1),
    BELIEVED_EPOCH(2, 1),
    BELIEVES_CAPTURE(2, 1),
    // By write.
    STATUS(Size.WRITES, 1),
    STORE(Size.WRITES, 1),
    BEGAN_IN(Size.WRITES, 1),
    CAPTURED(Size.WRITES, 1),
    EVENT(Size.WRITES, 1),
    EVENT_EXTRA(Size.WRITES, 1),
    WAITING(Size.WRITES, 1),
    APPLIED(Size.WRITES, 1),
    // By key: how far its copy is, and what the copy read.
    COPIED(Size.KEYS, 1),
    COPIED_ROW(Size.KEYS, 1),
    COPIED_EXTRA(Size.KEYS, 1),
    // By key: what was committed last.
    EXPECTED(Size.KEYS, 1),
    EXPECTED_EXTRA(Size.KEYS, 1);

    static final int TOTAL = offsets();

    private final int first;
    private final int second;
    private int offset;

    Slot(int first, int second) {
        this.first = first;
        this.second = second;
    }

    private static int offsets() {
        int next = 0;
        for (Slot slot : values()) {
            slot.offset = next;
            next += slot.first * slot.second;
        }
        return next;
    }

    int at(int... index) {
        return offset
                + switch (index.length) {
                    case 0 -> 0;
                    case 1 -> index[0];
                    default -> index[0] * second + index[1];
                };
    }

    /** How many there are. */
    static final class Size {
        static final int KEYS = 2;
        static final int WRITES = 3;

        private Size() {}
    }
}
