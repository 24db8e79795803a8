package io.grayrelease.demo.data;

import java.util.List;

import io.grayrelease.demo.DemoException;

/** What a process answered, as lines {@code key=value}. */
record Answers(List<String> lines) {
    /**
     * The answer of a process.
     *
     * @throws DemoException if it says that it could not do what it was told
     */
    static Answers of(String process, List<String> lines) {
        Answers answers = new Answers(lines);
        List<String> errors = answers.all("error");
        if (!errors.isEmpty()) {
            throw new DemoException(process + " says: " + errors.get(0), null);
        }
        return answers;
    }

    String text(String key) {
        List<String> all = all(key);
        return all.isEmpty() ? "" : all.get(0);
    }

    long number(String key) {
        String text = text(key);
        if (text.isEmpty()) {
            throw new DemoException("found no " + key + " in " + lines, null);
        }
        return Long.parseLong(text);
    }

    List<String> all(String key) {
        return lines.stream()
                .filter(line -> line.startsWith(key + "="))
                .map(line -> line.substring(key.length() + 1))
                .toList();
    }
}
