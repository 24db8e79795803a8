package io.grayrelease.nginx.drive;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

class ErrorLogTest {
    private static final String LINE = "2026/01/01 00:00:00 [%s] 12#12: %s\n";

    @TempDir
    private Path folder;

    @Test
    void severe_sinceThen_areTheLastThreeOnceEach() throws Exception {
        write(LINE.formatted("emerg", "before"));
        ErrorLog log = ErrorLog.of(program("error_log logs.txt info;"));

        write(LINE.formatted("emerg", "a") + LINE.formatted("notice", "b") + LINE.formatted("emerg", "c"));
        write(LINE.formatted("alert", "d") + LINE.formatted("emerg", "c") + LINE.formatted("crit", "e"));

        assertThat(log.severe()).containsExactly("c", "d", "e");
    }

    @Test
    void severe_rotatedSince_areThoseOfTheNewFile() throws Exception {
        write(LINE.formatted("emerg", "before".repeat(100)));
        ErrorLog log = ErrorLog.of(program("error_log " + folder + "/logs.txt;"));

        Files.delete(folder.resolve("logs.txt"));
        write(LINE.formatted("emerg", "after"));

        assertThat(log.severe()).containsExactly("after");
    }

    @Test
    void severe_noFile_areNone() throws Exception {
        for (String text : List.of("", "error_log stderr;", "error_log syslog:server=x;", "error_log none.txt;")) {
            assertThat(ErrorLog.of(program(text)).severe()).as(text).isEmpty();
        }
        NginxProgram none = new NginxProgram("nginx", folder.resolve("none.conf"), null, List.of());
        assertThat(ErrorLog.of(none).severe()).isEmpty();
    }

    private NginxProgram program(String text) throws IOException {
        Path configuration = Files.writeString(folder.resolve("nginx.conf"), "# error_log x;\n" + text);
        return new NginxProgram("nginx", configuration, folder, List.of());
    }

    private void write(String text) throws IOException {
        Files.writeString(folder.resolve("logs.txt"), text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }
}
