package io.grayrelease.gateway;

import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/**
 * The headers by which somebody outside could choose a version: at an edge they are taken away before anything reads them. Triple
 * makes an attachment of every header, and renames some by {@code tri-header-convert}.
 */
public final class ForgeableNames {
    /** The tags of a request on HTTP; {@value}. */
    public static final String TAG = "x-gray-tag";

    /** Their signature; {@value}. */
    public static final String SIGNATURE = "x-gray-sig";

    /** What {@link #SIGNATURE} is called on Dubbo; {@value}. */
    public static final String ATTACHED_SIGNATURE = "gray-sig";

    private static final Set<String> NAMES = Collections.unmodifiableSet(new HashSet<>(Arrays.asList(
            TAG,
            SIGNATURE,
            "gray-tag",
            "gray-uid",
            ATTACHED_SIGNATURE,
            "gray-ip",
            "gray-token",
            "dubbo.tag",
            "dubbo.force.tag",
            "tri-header-convert")));

    private ForgeableNames() {}

    /** Whether a header or attachment is one of them, in any case. */
    public static boolean contain(String name) {
        return NAMES.contains(name.toLowerCase(Locale.ROOT));
    }

    /** All of them, in lower case. */
    public static Set<String> all() {
        return NAMES;
    }
}
