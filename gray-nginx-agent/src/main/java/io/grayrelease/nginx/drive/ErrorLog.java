package io.grayrelease.nginx.drive;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/** What an Nginx writes into its error log from now on. */
final class ErrorLog {
    private static final Pattern SEVERE = Pattern.compile(
            "\\[(?:(?:emerg|alert|crit)\\] [0-9]+#[0-9]+: |error\\] [0-9]+#[0-9]+: (?=init_by_lua error))(.*)");
    private static final int READ = 256 * 1024;
    private static final int LINES = 3;

    private final @Nullable Path file;
    private final long from;

    private ErrorLog(@Nullable Path file, long from) {
        this.file = file;
        this.from = from;
    }

    /** Where the log of the master is now, as its configuration says; nothing is found if that does not say a file. */
    static ErrorLog of(NginxProgram program) {
        Path file = find(program);
        try {
            return new ErrorLog(file, file == null ? 0 : Files.size(file));
        } catch (IOException e) {
            return new ErrorLog(file, 0);
        }
    }

    private static @Nullable Path find(NginxProgram program) {
        try {
            List<String> first = new ArrayList<>();
            new Directives("error_log")
                    .replace(Files.readString(program.configuration(), StandardCharsets.ISO_8859_1), path -> {
                        first.add(path);
                        return null;
                    });
            if (first.isEmpty() || first.get(0).matches("stderr|syslog:.*|memory:.*")) {
                return null;
            }
            Path folder = program.prefix();
            return folder == null ? program.configuration().resolveSibling(first.get(0)) : folder.resolve(first.get(0));
        } catch (IOException e) {
            return null;
        }
    }

    /** The last severe messages since then, each once; empty if there are none or they cannot be read. */
    List<String> severe() {
        if (file == null) {
            return List.of();
        }
        Set<String> messages = new LinkedHashSet<>();
        Matcher matcher = SEVERE.matcher(added(file));
        while (matcher.find()) {
            messages.add(matcher.group(1));
        }
        List<String> all = List.copyOf(messages);
        return all.subList(Math.max(0, all.size() - LINES), all.size());
    }

    private String added(Path log) {
        try (RandomAccessFile reader = new RandomAccessFile(log.toFile(), "r")) {
            long length = reader.length();
            long start = Math.max(from > length ? 0 : from, length - READ); // shorter: it was rotated
            byte[] bytes = new byte[(int) (length - start)];
            reader.seek(start);
            reader.readFully(bytes);
            return new String(bytes, StandardCharsets.UTF_8);
        } catch (IOException e) {
            return "";
        }
    }
}
