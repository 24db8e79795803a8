package io.grayrelease.data.model;

/**
 * One write of a schedule: of a key, by a version of the service that knows the new columns or does not, in one of two processes.
 */
record Write(int key, boolean isDelete, boolean knowsNew, int process) {
    static Write put(int key, int process) {
        return new Write(key, false, false, process);
    }

    static Write putNew(int key, int process) {
        return new Write(key, false, true, process);
    }

    static Write delete(int key, int process) {
        return new Write(key, true, false, process);
    }
}
