package io.grayrelease.benchmarks.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** pt-table-checksum, of Debian's package {@code percona-toolkit}. */
final class TableChecksum {
    private static final Path PROGRAM = Path.of("/usr/bin/pt-table-checksum");

    /** Which column of its output is the number of seconds. */
    private static final int TIME = 7;

    private TableChecksum() {}

    static boolean isInstalled() {
        return Files.isExecutable(PROGRAM);
    }

    /** Rows per second that it reads of a table, by its own clock and without its start. */
    static double perSecond(int port, String database, long rows, Path logs) throws IOException, InterruptedException {
        Path output = logs.resolve("pt-table-checksum.log");
        Process process = new ProcessBuilder(List.of(
                        PROGRAM.toString(),
                        "h=127.0.0.1,P=" + port + ",u=root",
                        "--databases=" + database,
                        "--tables=items",
                        "--no-check-binlog-format",
                        "--no-version-check",
                        "--recursion-method=none"))
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        process.waitFor();
        return perSecond(Files.readString(output), rows);
    }

    static double perSecond(String output, long rows) throws IOException {
        for (String line : output.lines().toList()) {
            if (line.endsWith(".items")) {
                return rows / Double.parseDouble(line.trim().split("\\s+")[TIME]);
            }
        }
        throw new IOException("pt-table-checksum: found no line of a table in: " + output);
    }
}
