package io.grayrelease.data;

/** What a service has beside us. */
final class ClassPath {
    private ClassPath() {}

    /** Whether a class is there, which is not initialized by that. */
    static boolean has(String type) {
        try {
            Class.forName(type, false, ClassPath.class.getClassLoader());
            return true;
        } catch (ClassNotFoundException | LinkageError e) {
            return false;
        }
    }
}
