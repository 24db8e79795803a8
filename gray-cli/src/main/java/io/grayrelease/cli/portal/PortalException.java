package io.grayrelease.cli.portal;

import org.jspecify.annotations.Nullable;

/** The portal did not do what was asked; the message is for people. */
public final class PortalException extends RuntimeException {
    private static final long serialVersionUID = 1;

    PortalException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
