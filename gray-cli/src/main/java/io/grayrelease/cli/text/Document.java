package io.grayrelease.cli.text;

import java.util.LinkedHashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import io.grayrelease.policy.model.Problem;
import io.grayrelease.policy.model.Snapshot;

/**
 * The text of a policy and where each of its characters stands.
 *
 * @param place where it was read
 * @param entries all keys, in the order of the text; of a key that comes twice, the first
 * @param mistakes what keeps the text from being a namespace at all, such as a key that comes twice, and where
 */
public record Document(String place, Map<String, Entry> entries, Map<Problem, Spot> mistakes) {
    /** Keys and values that have no lines of their own: shown as {@code key = value}. */
    static Document of(String place, Map<String, String> values) {
        Map<String, Entry> entries = new LinkedHashMap<>();
        values.forEach((key, value) -> entries.put(key, Entry.of(key, value)));
        return new Document(place, entries, Map.of());
    }

    /** What a policy is parsed from. */
    public Snapshot snapshot() {
        Map<String, String> values = new LinkedHashMap<>();
        entries.forEach((key, entry) -> values.put(key, entry.value()));
        return Snapshot.of(values);
    }

    /** Where a problem stands, or null if it is one of the text as a whole. */
    public @Nullable Spot spot(Problem problem) {
        Spot mistake = mistakes.get(problem);
        if (mistake != null) {
            return mistake;
        }
        Entry entry = entries.get(problem.key());
        return entry == null ? null : entry.spot(problem.column());
    }
}
