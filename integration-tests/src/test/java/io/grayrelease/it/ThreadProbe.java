package io.grayrelease.it;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.LongAdder;

import org.slf4j.MDC;

import io.grayrelease.dubbo.context.GrayContext;

/** Looks for what an earlier request may have left on a thread. */
final class ThreadProbe {
    static final Queue<String> FOUND = new ConcurrentLinkedQueue<>();
    static final LongAdder LOOKS = new LongAdder();

    private ThreadProbe() {}

    static void look(String where) {
        LOOKS.increment();
        GrayContext context = GrayContext.current();
        String tag = MDC.get("gray.tag");
        if (!context.equals(GrayContext.NONE) || tag != null) {
            FOUND.add(where + " on " + Thread.currentThread().getName() + ": " + context + ", MDC " + tag);
        }
    }
}
