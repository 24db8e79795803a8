package io.grayrelease.nginx.render;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which tags a request has, as expressions.
 *
 * @param end how the search for them ended: u (undecided), b (baseline), or a point
 * @param parts where they may stand, in order
 */
record DecidedTags(String end, List<Part> parts) {
    /** Some rule of a part adds its tag, before it is unknown or the baseline. */
    private static final String ADDS = "^10*+[1s]";

    DecidedTags {
        parts = List.copyOf(parts);
    }

    /**
     * What some rules give.
     *
     * @param says see {@link RuleChunk#says}
     */
    record Part(String says, List<Slot> slots) {
        Part {
            slots = List.copyOf(slots);
        }

        /** Where no rule matches, which is usual, no slot is evaluated. */
        private String among(Set<String> tags, Declarations declarations) {
            List<String> some = slots.stream()
                    .filter(slot -> tags.contains(slot.tag()))
                    .map(Slot::expression)
                    .toList();
            return some.size() < 2
                    ? String.join("", some)
                    : declarations.map(MapTable.of(says, "").whenMatches(ADDS, String.join("", some)));
        }
    }

    /** An expression that is a tag with a comma, or empty; no tag stands at two of them for one request. */
    record Slot(String tag, String expression) {}

    /** All that a request can have. */
    Set<String> tags() {
        Set<String> tags = new TreeSet<>();
        parts.forEach(part -> part.slots().forEach(slot -> tags.add(slot.tag())));
        return tags;
    }

    /** An expression for the end and then those of some tags that the request has, each with a comma. */
    String among(Set<String> tags, Declarations declarations) {
        List<String> written = new ArrayList<>();
        parts.forEach(part -> written.add(part.among(tags, declarations)));
        return end + declarations.concatenated(written);
    }
}
