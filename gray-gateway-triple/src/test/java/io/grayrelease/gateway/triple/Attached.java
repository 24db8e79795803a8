package io.grayrelease.gateway.triple;

/** Tells what it sees of a call. */
public interface Attached {
    /** The attachments; for "request", the headers of the HTTP request; for "baggage", OpenTelemetry's baggage. */
    String attached(String what);
}
