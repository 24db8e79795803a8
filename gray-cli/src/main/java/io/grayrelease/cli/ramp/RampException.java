package io.grayrelease.cli.ramp;

/** A ramp cannot begin or go on; the message is for people. */
public final class RampException extends RuntimeException {
    private static final long serialVersionUID = 1;

    RampException(String message) {
        super(message);
    }
}
