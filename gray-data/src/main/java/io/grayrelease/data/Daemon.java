package io.grayrelease.data;

/** Threads beside those of the service, which keep no JVM from ending. */
final class Daemon {
    private Daemon() {}

    /** Not started; the name is {@code gray-data-}, what it is for, and which. */
    static Thread thread(Runnable task, String name) {
        Thread thread = new Thread(task, "gray-data-" + name);
        thread.setDaemon(true);
        return thread;
    }
}
