package io.grayrelease.nginx.agent;

import java.io.IOException;
import java.net.InetAddress;
import java.time.Instant;

import io.grayrelease.nginx.drive.DriveException;
import io.grayrelease.nginx.drive.NginxProgram;

/**
 * Which agent it is. Immutable.
 *
 * @param nginx the version of its Nginx, or why that is not known
 * @param source where its policy comes from
 */
record AgentIdentity(String host, long pid, Instant started, String driver, String nginx, String source) {
    static AgentIdentity of(AgentSettings settings, String source, Instant started) {
        return new AgentIdentity(
                hostName(),
                ProcessHandle.current().pid(),
                started,
                settings.driver().word(),
                version(settings.nginx()),
                source);
    }

    private static String hostName() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (IOException e) {
            return "localhost"; // a name that resolves is not needed to drive an Nginx
        }
    }

    private static String version(NginxProgram nginx) {
        try {
            return nginx.version().toString();
        } catch (DriveException e) {
            return "not known (" + e.getMessage() + ")";
        }
    }
}
