package io.grayrelease.demo.api;

import java.io.Serializable;

/** One service on the way of a request. Immutable. */
public final class Hop implements Serializable {
    private static final long serialVersionUID = 1L;

    private final String service;
    private final String version;
    private final String tag;

    private Hop(String service, String version, String tag) {
        this.service = service;
        this.version = version;
        this.tag = tag;
    }

    /** A service of a version, and the {@code gray-tag} that reached it. */
    public static Hop of(String service, String version, String tag) {
        return new Hop(service, version, tag);
    }

    public String service() {
        return service;
    }

    public String version() {
        return version;
    }

    /** The tag that reached it: tags separated by commas, {@code -} for baseline, {@code none} if nothing was decided. */
    public String tag() {
        return tag;
    }

    /** For example {@code order 2.0.0}. */
    @Override
    public String toString() {
        return service + " " + version;
    }
}
