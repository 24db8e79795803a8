package io.grayrelease.gateway.triple;

/** Tells which attachments arrived. */
public interface Attached {
    String attached(String unused);
}
