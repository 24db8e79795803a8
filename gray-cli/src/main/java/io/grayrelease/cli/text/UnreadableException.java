package io.grayrelease.cli.text;

/** A place could not be read or reached; the message says which and why. */
public final class UnreadableException extends Exception {
    private static final long serialVersionUID = 1;

    public UnreadableException(String place, String why) {
        super("cannot read " + place + ": " + why);
    }

    public UnreadableException(String place, String why, Throwable cause) {
        super("cannot read " + place + ": " + why, cause);
    }
}
