package io.grayrelease.gateway;

import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;

import org.jspecify.annotations.Nullable;

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

    private static final Set<String> NAMES = names(
            TAG,
            SIGNATURE,
            "gray-tag",
            "gray-uid",
            ATTACHED_SIGNATURE,
            "gray-ip",
            "gray-token",
            "dubbo.tag",
            "dubbo.force.tag",
            "tri-header-convert");

    private ForgeableNames() {}

    /** Compares as {@link String#equalsIgnoreCase}, by which names are read elsewhere: the Turkish i without its dot is an i, too. */
    private static Set<String> names(String... names) {
        Set<String> all = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        Collections.addAll(all, names);
        return Collections.unmodifiableSet(all);
    }

    /** Whether a header or attachment is one of them, in any case; one without a name is not. */
    public static boolean contain(@Nullable String name) {
        return name != null && NAMES.contains(name);
    }

    /** All of them, in lower case. */
    public static Set<String> all() {
        return NAMES;
    }
}
