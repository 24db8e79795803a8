package io.grayrelease.matrix.app;

import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;

import org.apache.dubbo.rpc.RpcContext;
import org.slf4j.MDC;

import io.grayrelease.dubbo.context.GrayContext;

/** What this process saw of each request. Thread-safe. */
final class Seen {
    private final Map<String, Queue<String>> lines = new ConcurrentHashMap<>();
    private final String name;

    private final boolean withGray;

    Seen(String name, boolean withGray) {
        this.name = name;
        this.withGray = withGray;
    }

    /** Notes what the current thread knows of a request: {@code end 2.0.0 tag=T mdc=T}. */
    void note(Task task) {
        note(task, name);
    }

    void note(Task task, String where) {
        String tag = withGray ? Gray.tag() : RpcContext.getServerAttachment().getAttachment("gray-tag");
        add(task, where + " tag=" + tag + " mdc=" + MDC.get("gray.tag"));
    }

    void add(Task task, String line) {
        lines.computeIfAbsent(task.id(), id -> new ConcurrentLinkedQueue<>()).add(line);
    }

    /** How often a request came here. */
    int times(Task task) {
        return of(task.id()).size();
    }

    List<String> of(String id) {
        Queue<String> seen = lines.get(id);
        return seen == null ? List.of() : List.copyOf(seen);
    }

    void forget(String id) {
        lines.remove(id);
    }

    /** Loaded only where our jars are. */
    private static final class Gray {
        static String tag() {
            GrayContext context = GrayContext.current();
            return context.isDecided() ? context.tags().text() : "undecided";
        }
    }
}
