package io.grayrelease.matrix.app;

/** Lives in the caller; the service calls it back. */
public interface Listener {
    void changed(String task);
}
