package io.grayrelease.data.model;

/** A world that must not be. */
final class WrongWorldException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    WrongWorldException(String what) {
        super(what);
    }
}
