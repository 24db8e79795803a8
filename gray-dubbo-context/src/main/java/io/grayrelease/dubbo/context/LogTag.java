package io.grayrelease.dubbo.context;

import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/** The tags of a request in SLF4J's MDC, so that logs can be searched by them. */
public final class LogTag {
    /** The key; its value is the text of the tags, {@code -} for a baseline request. */
    public static final String KEY = "gray.tag";

    private LogTag() {}

    /** Shows the tags of a context; nothing, if it is not decided. */
    static void show(GrayContext context) {
        restore(context.isDecided() ? context.tags().text() : null);
    }

    /** Shows what was shown before; null for nothing. */
    public static void restore(@Nullable String before) {
        if (before == null) {
            MDC.remove(KEY);
        } else {
            MDC.put(KEY, before);
        }
    }
}
