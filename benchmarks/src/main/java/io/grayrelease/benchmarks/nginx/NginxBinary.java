package io.grayrelease.benchmarks.nginx;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.grayrelease.nginx.drive.DriveException;
import io.grayrelease.nginx.drive.NginxProgram;

/**
 * A program nginx. Immutable.
 *
 * @param built what it says of how it was built
 */
record NginxBinary(Path path, NginxProgram.Version version, String built) {
    private static final NginxProgram.Version FIRST_THAT_WAITS = new NginxProgram.Version(1, 27, 4);
    private static final Pattern MODULES = Pattern.compile("--modules-path=(\\S+)");

    /** Asks the program. */
    static NginxBinary of(Path path) throws IOException, DriveException {
        NginxProgram program = new NginxProgram(path.toString(), Path.of("nginx.conf"), null, List.of());
        Process process = new ProcessBuilder(path.toString(), "-V")
                .redirectErrorStream(true)
                .start();
        String built = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new NginxBinary(path, program.version(), built);
    }

    /** Whether a part of it that is usually there was not left out. */
    boolean has(String module) {
        return !built.contains("--without-http_" + module + "_module");
    }

    /** Whether it knows {@code keepalive_min_timeout}, which 1.27.4 brought. */
    boolean waitsForClients() {
        return version.compareTo(FIRST_THAT_WAITS) >= 0;
    }

    /** Where it looks for modules to load. */
    Path modules() throws IOException {
        Matcher modules = MODULES.matcher(built);
        if (!modules.find()) {
            throw new IOException(path + " -V: expected --modules-path=, found none");
        }
        return Path.of(modules.group(1));
    }
}
