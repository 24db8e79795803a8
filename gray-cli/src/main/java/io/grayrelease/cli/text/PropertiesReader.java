package io.grayrelease.cli.text;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.grayrelease.policy.model.Problem;

/** Reads what {@link java.util.Properties} reads, and remembers where every character stands. */
final class PropertiesReader {
    private final String place;
    private final String[] lines;
    private final Map<String, Entry> entries = new LinkedHashMap<>();
    private final Map<Problem, Spot> mistakes = new LinkedHashMap<>();
    private int next;

    private PropertiesReader(String place, String text) {
        this.place = place;
        this.lines = text.split("\r\n|\r|\n", -1);
    }

    static Document read(String place, String text) {
        return new PropertiesReader(place, text).read();
    }

    private Document read() {
        while (next < lines.length) {
            List<Spot> statement = logicalLine();
            if (statement.size() > 1) {
                add(statement);
            }
        }
        return new Document(place, entries, mistakes);
    }

    /** The characters of the next line with its continuations, and one spot for the end; only that for a comment. */
    private List<Spot> logicalLine() {
        List<Spot> spots = new ArrayList<>();
        boolean continued;
        do {
            String line = lines[next++];
            int from = blanks(line);
            boolean comment = spots.isEmpty() && from < line.length() && "#!".indexOf(line.charAt(from)) >= 0;
            boolean open = !comment && endsInBackslash(line);
            continued = open && next < lines.length;
            int end = comment ? from : open ? line.length() - 1 : line.length();
            for (int i = from; i < end; i++) {
                spots.add(new Spot(next, line, i + 1));
            }
            if (!continued) {
                spots.add(new Spot(next, line, end + 1));
            }
        } while (continued);
        return spots;
    }

    private static int blanks(String line) {
        int i = 0;
        while (i < line.length() && isBlank(line.charAt(i))) {
            i++;
        }
        return i;
    }

    private static boolean isBlank(char c) {
        return c == ' ' || c == '\t' || c == '\f';
    }

    private static boolean endsInBackslash(String line) {
        int backslashes = 0;
        while (backslashes < line.length() && line.charAt(line.length() - 1 - backslashes) == '\\') {
            backslashes++;
        }
        return backslashes % 2 == 1;
    }

    private void add(List<Spot> statement) {
        int end = statement.size() - 1;
        int key = 0;
        while (key < end && !isBlank(at(statement, key)) && "=:".indexOf(at(statement, key)) < 0) {
            key += at(statement, key) == '\\' ? 2 : 1;
        }
        key = Math.min(key, end);
        int value = skipBlanks(statement, key);
        if (value < end && "=:".indexOf(at(statement, value)) >= 0) {
            value = skipBlanks(statement, value + 1);
        }
        Unescaped name = new Unescaped(statement.subList(0, key));
        Unescaped text = new Unescaped(statement.subList(value, end));
        text.spots.add(statement.get(end));
        add(new Entry(name.text.toString(), text.text.toString(), statement.get(0), text.spots));
        name.mistakes.forEach(spot -> addEscapeMistake(name.text.toString(), spot));
        text.mistakes.forEach(spot -> addEscapeMistake(name.text.toString(), spot));
    }

    private static int skipBlanks(List<Spot> statement, int from) {
        int i = from;
        while (i < statement.size() - 1 && isBlank(at(statement, i))) {
            i++;
        }
        return i;
    }

    private static char at(List<Spot> spots, int index) {
        Spot spot = spots.get(index);
        return spot.line().charAt(spot.column() - 1);
    }

    private void add(Entry entry) {
        Entry first = entries.putIfAbsent(entry.key(), entry);
        if (first != null) {
            mistakes.put(
                    Problem.ofKey(
                            entry.key(),
                            "this key again",
                            "every key once (line " + first.start().number() + " has it)"),
                    entry.start());
        }
    }

    private void addEscapeMistake(String key, Spot spot) {
        mistakes.put(Problem.ofKey(key, "\\u without four hexadecimal digits", "\\u as in \\u00e9"), spot);
    }

    /** Characters after their backslashes were taken away. */
    private static final class Unescaped {
        private static final int DIGITS = 4;

        private final StringBuilder text = new StringBuilder();
        private final List<Spot> spots = new ArrayList<>();
        private final List<Spot> mistakes = new ArrayList<>();

        Unescaped(List<Spot> escaped) {
            int i = 0;
            while (i < escaped.size()) {
                i += add(escaped, i);
            }
        }

        /** Adds one character; how many it was written with. */
        private int add(List<Spot> escaped, int index) {
            spots.add(escaped.get(index));
            if (at(escaped, index) != '\\' || index + 1 == escaped.size()) {
                text.append(at(escaped, index));
                return 1;
            }
            char letter = at(escaped, index + 1);
            if (letter == 'u') {
                return addUnicode(escaped, index);
            }
            int special = "tnrf".indexOf(letter);
            text.append(special < 0 ? letter : "\t\n\r\f".charAt(special));
            return 2;
        }

        private int addUnicode(List<Spot> escaped, int index) {
            int code = 0;
            for (int i = index + 2; i < index + 2 + DIGITS; i++) {
                int digit = i < escaped.size() ? Character.digit(at(escaped, i), 16) : -1;
                if (digit < 0) {
                    mistakes.add(escaped.get(index));
                    text.append('u');
                    return 2;
                }
                code = code * 16 + digit;
            }
            text.append((char) code);
            return 2 + DIGITS;
        }
    }
}
