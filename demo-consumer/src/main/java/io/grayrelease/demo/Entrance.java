package io.grayrelease.demo;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;

import org.jspecify.annotations.Nullable;

import io.grayrelease.gateway.EntrySettings;

/** Where requests come in by HTTP: at the consumer, or at an Nginx in front of it. Immutable. */
final class Entrance {
    private final int port;
    private final @Nullable InstalledNginx nginx;

    private Entrance(int port, @Nullable InstalledNginx nginx) {
        this.port = port;
        this.nginx = nginx;
    }

    /**
     * The one that is asked for; null if none is.
     *
     * @param port 0: a free one, as where it is not given
     * @throws DemoException if this machine cannot have it
     */
    static @Nullable Entrance of(@Nullable Integer port, InstalledNginx.@Nullable Driver driver) {
        if (driver == null) {
            return port == null ? null : new Entrance(port, null);
        }
        InstalledNginx nginx = InstalledNginx.find(driver);
        return new Entrance(free(port == null ? 0 : port), nginx);
    }

    /** Nginx itself would say only later, and of any free port it cannot say which. */
    private static int free(int port) {
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new DemoException("nginx cannot have port " + port + ": " + e.getMessage(), e);
        }
    }

    /** Opens it, and tells where it is. */
    void open(Fleet fleet, Servers servers, Path policyFile, Report report) {
        if (nginx == null) {
            said(report, fleet.front(port, EntrySettings.Role.EDGE, policyFile));
            return;
        }
        fleet.edge(nginx, port, fleet.front(0, EntrySettings.Role.INTERNAL, policyFile));
        said(report, port);
        report.note("Nginx serves it and decides, by driver " + nginx.driver() + "; its files are in "
                + fleet.edgeFolder());
        report.note("scripts/grayctl status --zookeeper " + servers.zooKeeper() + " shows who runs on which policy.");
    }

    private static void said(Report report, int port) {
        report.note("The page: http://127.0.0.1:" + port + "/");
    }
}
