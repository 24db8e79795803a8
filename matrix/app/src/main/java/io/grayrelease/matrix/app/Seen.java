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
public final class Seen {
    private final Map<String, Queue<String>> lines = new ConcurrentHashMap<>();
    private final String name;

    private final boolean withGray;

    public Seen(String name, boolean withGray) {
        this.name = name;
        this.withGray = withGray;
    }

    /** The id of requests that nobody asks for afterwards. */
    static final String UNSEEN = "load";

    /** Notes what the current thread knows of a request: {@code end 2.0.0 tag=T mdc=T}. */
    void note(Task task) {
        note(task, name);
    }

    void note(Task task, String where) {
        add(task, where + " tag=" + tag() + " mdc=" + MDC.get("gray.tag"));
    }

    /** The tags of the request that the current thread works for. */
    String tag() {
        return String.valueOf(
                withGray ? Gray.tag() : RpcContext.getServerAttachment().getAttachment("gray-tag"));
    }

    private void add(Task task, String line) {
        if (task.id().equals(UNSEEN)) {
            return;
        }
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

    /** Loaded only where our jars are. */
    private static final class Gray {
        static String tag() {
            GrayContext context = GrayContext.current();
            return context.isDecided() ? context.tags().text() : "undecided";
        }
    }
}
