package io.grayrelease.benchmarks.nginx;

import java.io.IOException;
import java.time.Duration;

/** Clients that keep their connections. */
interface Load {
    /** For people. */
    String name();

    /** Sends requests to a port of this machine for a while. */
    LoadResult run(int port, Duration time) throws IOException, InterruptedException;
}
