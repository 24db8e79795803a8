package io.grayrelease.data;

/** A range of keys that one worker has claimed, until its lease is over. Immutable. */
final class Chunk {
    private final long run;
    private final long number;
    private final KeyRange range;
    private final String owner;

    Chunk(long run, long number, KeyRange range, String owner) {
        this.run = run;
        this.number = number;
        this.range = range;
        this.owner = owner;
    }

    long run() {
        return run;
    }

    long number() {
        return number;
    }

    KeyRange range() {
        return range;
    }

    /** Who claimed it, with a part that no other claim has: who comes back after his lease is known as somebody else. */
    String owner() {
        return owner;
    }

    Chunk in(KeyRange left) {
        return new Chunk(run, number, left, owner);
    }

    @Override
    public String toString() {
        return "chunk " + number + " of run " + run + ", " + range;
    }
}
