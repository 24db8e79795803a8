package io.grayrelease.nginx.render;

/** What a condition says of a request, where not everything about it is known (Kleene's logic). */
enum Truth {
    NO,
    YES,
    UNKNOWN,
    /** One of these, by the request. */
    OPEN;

    Truth negated() {
        return this == NO ? YES : this == YES ? NO : this;
    }
}
