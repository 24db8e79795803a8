package io.grayrelease.data.model;

import java.util.Arrays;

/** The state of a world in one array, so that it is copied and compared at once. */
final class Slots {
    private final int[] values;

    private Slots(int[] values) {
        this.values = values;
    }

    static Slots ofZeros() {
        return new Slots(new int[Slot.TOTAL]);
    }

    Slots copy() {
        return new Slots(values.clone());
    }

    int get(Slot slot, int... index) {
        return values[slot.at(index)];
    }

    boolean is(Slot slot, int... index) {
        return get(slot, index) != 0;
    }

    void set(int value, Slot slot, int... index) {
        values[slot.at(index)] = value;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Slots slots && Arrays.equals(values, slots.values);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(values);
    }
}
