package io.grayrelease.cli.data;

/** What was asked cannot be done where a migration is; the message is for people. */
public final class DataException extends RuntimeException {
    private static final long serialVersionUID = 1;

    DataException(String message) {
        super(message);
    }
}
