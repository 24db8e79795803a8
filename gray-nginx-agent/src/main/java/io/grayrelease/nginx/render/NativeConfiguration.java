package io.grayrelease.nginx.render;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * What is included by the configuration of an Nginx. Two that do the same are equal, whatever their revisions will be. Immutable.
 *
 * @param http what stands in the http block, with a mark instead of the revision
 * @param proxy what stands where requests are passed on
 * @param until when it has to be written again, since the time of a rule begins or ends; null: never
 */
public record NativeConfiguration(String http, String proxy, @Nullable Instant until) {
    /** No text of a policy can hold it. */
    static final String REVISION = "\u0001";

    /** What stands in the http block. */
    public String http(long revision) {
        return http.replace(REVISION, Long.toString(revision));
    }
}
