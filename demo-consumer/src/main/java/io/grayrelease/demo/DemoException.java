package io.grayrelease.demo;

import java.io.Serial;

import org.jspecify.annotations.Nullable;

/** The demo cannot go on; the message says why, in one sentence for people. */
public final class DemoException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    public DemoException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
