package io.grayrelease.gateway;

import java.util.Collection;
import java.util.List;

import org.jspecify.annotations.Nullable;

/** The head of an HTTP request, as it came. A server's adapter implements it. */
public interface HttpHead {
    /** All values of a header, in the order in which they came, of any spelling of its name; empty if there is none. */
    List<String> headers(String name);

    /** The names of all headers, in any spelling. */
    Collection<String> names();

    /** What stands behind the question mark, not decoded; null if there is none. */
    @Nullable
    String query();

    /** The address of the peer that is connected. */
    String peer();
}
