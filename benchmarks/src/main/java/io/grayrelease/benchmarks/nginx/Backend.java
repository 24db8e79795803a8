package io.grayrelease.benchmarks.nginx;

import java.io.IOException;
import java.nio.file.Path;

import io.grayrelease.demo.servers.FreePorts;

/** What stands behind all fronts: an Nginx with a port for either version, which says which one was asked. */
final class Backend implements AutoCloseable {
    static final String BASELINE = "baseline";
    static final String GRAY = "gray";

    private final NginxServer nginx;
    private final int baseline;
    private final int gray;

    private Backend(NginxServer nginx, int baseline, int gray) {
        this.nginx = nginx;
        this.baseline = baseline;
        this.gray = gray;
    }

    static Backend start(NginxBinary binary, Path folder) throws IOException, InterruptedException {
        int baseline = FreePorts.next();
        int gray = FreePorts.next();
        NginxServer.configure(
                binary, folder, 1, "", "keepalive_requests 1000000;" + server(baseline, BASELINE) + server(gray, GRAY));
        return new Backend(NginxServer.start(binary, folder, gray), baseline, gray);
    }

    private static String server(int port, String name) {
        return "server { listen 127.0.0.1:" + port + "; location / { return 200 " + name + "; } }\n";
    }

    /** Address of the version that is not gray. */
    String baseline() {
        return "127.0.0.1:" + baseline;
    }

    String gray() {
        return "127.0.0.1:" + gray;
    }

    @Override
    public void close() {
        nginx.close();
    }
}
