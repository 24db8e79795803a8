package io.grayrelease.gateway.triple;

/** The service at the end. */
public interface Stock {
    /** The version of the stock that answers. */
    String version(String item);
}
