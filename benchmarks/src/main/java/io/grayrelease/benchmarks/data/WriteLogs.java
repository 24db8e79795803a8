package io.grayrelease.benchmarks.data;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Reads what all threads of all processes wrote. */
final class WriteLogs {
    static final String ENDING = ".writes";

    private WriteLogs() {}

    static List<LoggedWrite> read(Path folder) throws IOException {
        List<LoggedWrite> all = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file :
                    files.filter(each -> each.toString().endsWith(ENDING)).toList()) {
                all.addAll(parse(Files.readString(file, StandardCharsets.US_ASCII)));
            }
        }
        return all;
    }

    static Collection<LoggedWrite> parse(String text) {
        Map<Long, LoggedWrite> writes = new LinkedHashMap<>();
        // What comes after the last end of a line was cut off by a kill.
        text.substring(0, text.lastIndexOf('\n') + 1).lines().forEach(line -> take(writes, line.split(" ")));
        return writes.values();
    }

    private static void take(Map<Long, LoggedWrite> writes, String[] line) {
        long revision = Long.parseLong(line[1]);
        switch (line[0]) {
            case "B" -> writes.put(
                    revision,
                    new LoggedWrite(
                            LoggedWrite.Kind.valueOf(line[3]),
                            Long.parseLong(line[2]),
                            revision,
                            Long.parseLong(line[4]),
                            null,
                            LoggedWrite.NEVER));
            case "A" -> writes.computeIfPresent(
                    revision,
                    (same, begun) -> new LoggedWrite(
                            begun.kind(),
                            begun.key(),
                            revision,
                            begun.began(),
                            Outcome.valueOf(line[2]),
                            Long.parseLong(line[3])));
            case "R" -> writes.remove(revision);
            default -> throw new IllegalArgumentException("log: found " + line[0] + ", expected B, A or R");
        }
    }
}
