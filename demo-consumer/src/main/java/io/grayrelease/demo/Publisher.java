package io.grayrelease.demo;

import java.time.Duration;

/** Publishes policies in Apollo, each as one release that replaces all keys of the namespace. */
public interface Publisher {
    void publish(Policy policy);

    /** How long it may take until every process has read what was published. */
    Duration patience();
}
