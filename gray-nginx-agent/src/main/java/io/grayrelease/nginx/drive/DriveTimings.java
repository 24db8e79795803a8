package io.grayrelease.nginx.drive;

import java.time.Duration;

/**
 * How long an Nginx is waited for. Immutable.
 *
 * @param poll between two questions which revision is served
 * @param answer for one answer
 * @param settle for how long a new revision alone has to answer
 * @param patience from a reload until the new revision is served
 * @param stale how long a socket has to be deaf before it counts as left behind
 */
public record DriveTimings(Duration poll, Duration answer, Duration settle, Duration patience, Duration stale) {
    /**
     * An Nginx tells its old workers to stop 100 ms after it has started new ones, and tries for 2.5 s to bind to a port that is
     * taken: there is time for both.
     */
    public static final DriveTimings DEFAULT = new DriveTimings(
            Duration.ofMillis(25),
            Duration.ofMillis(500),
            Duration.ofMillis(150),
            Duration.ofSeconds(5),
            Duration.ofMillis(50));

    public DriveTimings withPatience(Duration other) {
        return new DriveTimings(poll, answer, settle, other, stale);
    }
}
