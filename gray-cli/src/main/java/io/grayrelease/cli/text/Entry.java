package io.grayrelease.cli.text;

import java.util.ArrayList;
import java.util.List;

/**
 * A key and its value.
 *
 * @param start where the key begins
 * @param spots where each character of the value stands, and one more for the end
 */
public record Entry(String key, String value, Spot start, List<Spot> spots) {
    /** An entry that has no line of its own. */
    static Entry of(String key, String value) {
        String line = key + " = " + value;
        List<Spot> spots = new ArrayList<>();
        for (int column = line.length() - value.length(); column <= line.length(); column++) {
            spots.add(new Spot(0, line, column + 1));
        }
        return new Entry(key, value, new Spot(0, line, 1), spots);
    }

    /** The spot of a column of the value, from 1; of the key for column 0. */
    Spot spot(int column) {
        return column == 0 ? start : spots.get(Math.min(column, spots.size()) - 1);
    }
}
