package io.grayrelease.spring;

/** A property has a value that it cannot have; the message names it, what was found and what was expected. */
final class WrongProperty extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    WrongProperty(String message, IllegalArgumentException cause) {
        super(message, cause);
    }
}
