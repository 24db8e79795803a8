package io.grayrelease.nginx.render;

import java.util.List;
import java.util.Set;

/**
 * Which tags a request has, as expressions.
 *
 * @param end how the search for them ended: u (undecided), b (baseline), or a point
 * @param slots where a tag may stand, in order; no tag stands at two of them for one request
 */
record DecidedTags(String end, List<Slot> slots) {
    DecidedTags {
        slots = List.copyOf(slots);
    }

    /** An expression that is a tag with a comma, or empty. */
    record Slot(String tag, String expression) {}

    /** An expression for the end and then those of some tags that the request has, each with a comma. */
    String among(Set<String> tags, Declarations declarations) {
        return end
                + declarations.concatenated(slots.stream()
                        .filter(slot -> tags.contains(slot.tag()))
                        .map(Slot::expression)
                        .toList());
    }
}
