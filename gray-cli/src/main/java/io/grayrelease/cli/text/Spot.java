package io.grayrelease.cli.text;

/**
 * A character in a text.
 *
 * @param number the line's number in its file, from 1; 0 if the line was made up to show something
 * @param line the whole line
 * @param column from 1; one more than the line is long for its end
 */
public record Spot(int number, String line, int column) {}
