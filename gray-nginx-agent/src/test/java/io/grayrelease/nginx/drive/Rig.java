package io.grayrelease.nginx.drive;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.LongFunction;

import io.grayrelease.nginx.LiveNginx;

/** A real Nginx, a folder for revisions beside it, and files which make it say a text. */
final class Rig implements AutoCloseable {
    private static final String PLACE =
            "server { listen 127.0.0.1:PORT; location / { include %1$s/gray-proxy.conf; return 200 $gray_text; } }";

    private final LiveNginx nginx;
    private final Path state;

    private Rig(LiveNginx nginx, Path state) {
        this.nginx = nginx;
        this.state = state;
    }

    /** Configured as an operator would, not started. */
    static Rig in(Path folder) throws IOException {
        return in(folder, folder.resolve("state"));
    }

    static Rig in(Path folder, Path state) throws IOException {
        Rig rig = new Rig(LiveNginx.in(folder), state);
        rig.configure("");
        return rig;
    }

    /** Started, and says a text by revision 1. */
    Rig saying(String text) throws Exception {
        installation().install(says(text), null);
        nginx.start();
        installation().recover();
        return this;
    }

    /** Writes the operator's configuration anew, with more in its http block. */
    void configure(String more) throws IOException {
        nginx.configure("", "include " + current() + "/gray-http.conf;\n" + PLACE.formatted(current()) + "\n" + more);
    }

    LiveNginx nginx() {
        return nginx;
    }

    Path state() {
        return state;
    }

    Path current() {
        return state.resolve("current");
    }

    Path run() {
        return nginx.folder().resolve("run");
    }

    StateFolder folder() {
        return StateFolder.at(state);
    }

    Installation installation() {
        return installation(step -> {});
    }

    Installation installation(Installation.Steps steps) {
        return installation(nginx.program(), state, run(), steps);
    }

    static Installation installation(NginxProgram program, Path state, Path run, Installation.Steps steps) {
        return new Installation(program, state, run, DriveTimings.DEFAULT, () -> 0, Clock.systemUTC(), steps);
    }

    LongFunction<Map<String, String>> says(String text) {
        return says(text, run());
    }

    static LongFunction<Map<String, String>> says(String text, Path run) {
        String http =
                """
                map $uri $gray_text { default "%s"; }
                server { listen unix:%2$s/revision.sock; location = /revision { return 200 "%3$d"; } }
                server { listen unix:%2$s/none.sock; return 503; }
                """;
        return revision -> Map.of(
                Installation.HTTP,
                http.formatted(text, run, revision),
                Installation.PROXY,
                "proxy_set_header x-gray-tag \"\";\n");
    }

    /** What a client of the Nginx sees, on a new connection. */
    String text() throws IOException {
        return LiveNginx.body(nginx.get("/"));
    }

    OptionalLong live() {
        return new RevisionProbe(run(), DriveTimings.DEFAULT).ask();
    }

    @Override
    public void close() throws IOException {
        nginx.close();
    }
}
