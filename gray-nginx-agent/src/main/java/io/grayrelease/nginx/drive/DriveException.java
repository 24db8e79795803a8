package io.grayrelease.nginx.drive;

import org.jspecify.annotations.Nullable;

/** A model did not come into force. The message tells people what failed, and what is in force instead. */
public final class DriveException extends Exception {
    private static final long serialVersionUID = 1;

    public DriveException(String message) {
        super(message);
    }

    public DriveException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
