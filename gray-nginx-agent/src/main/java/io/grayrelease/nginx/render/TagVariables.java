package io.grayrelease.nginx.render;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

/** Writes {@code $gray_tag}, and the tags as a member of the header baggage has them. Not thread-safe. */
final class TagVariables {
    private static final String TAG = "${gray_tag}";
    private static final int AT_ONCE = 8; // there are nine captures
    private static final String COMMA = "%2C";

    private final Declarations declarations;

    TagVariables(Declarations declarations) {
        this.declarations = declarations;
    }

    /**
     * Declares {@code $gray_tag}.
     *
     * @param tags null: no policy is known, and no request is decided
     */
    void tag(@Nullable DecidedTags tags) {
        if (tags == null) {
            declarations.map("gray_tag", MapTable.of("", ""));
            return;
        }
        declarations.map(
                "gray_tag",
                MapTable.of(tags.among(tags.tags(), declarations), "-")
                        .whenMatches("^u", "")
                        .whenMatches("^b", "-")
                        .whenMatches("^.(.+),\\z", "$1"));
    }

    /** The value of {@code $gray_tag} with its commas encoded, for at most so many tags. */
    String encoded(int count) {
        if (count < 2) {
            return TAG;
        }
        List<String> parts = new ArrayList<>();
        String rest = TAG;
        for (int left = count; left > 0; left -= AT_ONCE) {
            parts.add(head(rest));
            if (left > AT_ONCE) {
                rest = declarations.map(MapTable.of(rest, "").whenMatches("^(?:[^,]*+,){" + AT_ONCE + "}(.+)", "$1"));
            }
        }
        return declarations.map(MapTable.of(TAG, TAG).whenMatches(",", String.join("", parts)));
    }

    /** Some tags from the first on, encoded; with a comma at the end where more follow. */
    private String head(String tags) {
        MapTable table = MapTable.of(tags, tags);
        StringBuilder regex = new StringBuilder("^([^,]*+)");
        StringBuilder result = new StringBuilder("$1");
        for (int i = 2; i <= AT_ONCE; i++) {
            regex.append(",([^,]*+)");
            result.append(COMMA).append('$').append(i);
            table.whenMatches(regex + "\\z", result.toString());
        }
        return declarations.map(table.whenMatches(regex + ",", result + COMMA));
    }
}
