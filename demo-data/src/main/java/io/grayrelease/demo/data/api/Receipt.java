package io.grayrelease.demo.data.api;

import java.io.Serializable;
import java.util.List;

import org.jspecify.annotations.Nullable;

import io.grayrelease.demo.api.Hop;

/**
 * The answer to a call.
 *
 * @param path the services that took part, in the order in which they were called
 * @param found whether there was an order with the number
 * @param order as it was found, where it was looked up
 */
public record Receipt(List<Hop> path, boolean found, @Nullable Order order) implements Serializable {
    /** The version of the order service that answered. */
    public String version() {
        return path.get(0).version();
    }
}
