package io.grayrelease.cli.ramp;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.util.List;
import java.util.function.Consumer;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;

/** What a ramp did, one JSON object per line, at the end of a file, and to a person. */
public final class RampLog {
    private static final Gson GSON = new GsonBuilder().disableHtmlEscaping().create();

    private final Path file;
    private final Clock clock;
    private final Consumer<Entry> person;

    /**
     * One line of the file.
     *
     * @param at ISO 8601, in UTC
     * @param event {@code step}, {@code hold}, {@code passed}, {@code breach}, {@code resumed}, {@code stopped}, {@code done}
     * @param detail why; may be empty
     */
    public record Entry(String at, String rule, String event, String percentage, String detail) {}

    /** A log that is also told to somebody, entry by entry. */
    public RampLog(Path file, Clock clock, Consumer<Entry> person) {
        this.file = file;
        this.clock = clock;
        this.person = person;
    }

    void write(String rule, String event, String percentage, String detail) {
        Entry entry = new Entry(clock.instant().toString(), rule, event, percentage, detail);
        person.accept(entry);
        try {
            Files.write(file, List.of(GSON.toJson(entry)), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
