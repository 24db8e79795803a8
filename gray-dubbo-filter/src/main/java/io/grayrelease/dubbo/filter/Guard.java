package io.grayrelease.dubbo.filter;

import java.util.function.Supplier;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps a fault of ours away from the call: it is logged once, and the call goes on as without us. Thread-safe. */
final class Guard {
    private static final Logger LOG = LoggerFactory.getLogger(Guard.class);

    private final String consequence;
    private volatile boolean warned;

    Guard(String consequence) {
        this.consequence = consequence;
    }

    /** The result of a step, or another one if it fails. */
    <T> T get(Supplier<T> step, T otherwise) {
        try {
            return step.get();
        } catch (RuntimeException e) {
            warn(e);
            return otherwise;
        }
    }

    void run(Runnable step) {
        try {
            step.run();
        } catch (RuntimeException e) {
            warn(e);
        }
    }

    private void warn(RuntimeException e) {
        if (!warned) {
            warned = true;
            LOG.warn("gray: {}; said once", consequence, e);
        }
    }
}
