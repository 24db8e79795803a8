package io.grayrelease.dubbo.context;

import org.slf4j.MDC;

/** The tags of a request in SLF4J's MDC, so that logs can be searched by them. */
public final class LogTag {
    /** The key; its value is the text of the tags, {@code -} for a baseline request. */
    public static final String KEY = "gray.tag";

    private LogTag() {}

    /** Shows the context that is current on this thread now; nothing, if it is not decided. */
    static void showCurrent() {
        GrayContext current = GrayContext.current();
        if (current.isDecided()) {
            MDC.put(KEY, current.tags().text());
        } else {
            MDC.remove(KEY);
        }
    }
}
