package io.grayrelease.nginx.render;

/** A condition that Nginx's own directives cannot express exactly. */
final class UnsupportedCondition extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String found;
    private final String expected;

    UnsupportedCondition(String found, String expected) {
        super("found " + found + ", expected " + expected);
        this.found = found;
        this.expected = expected;
    }

    String found() {
        return found;
    }

    String expected() {
        return expected;
    }
}
