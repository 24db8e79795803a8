package io.grayrelease.gateway.triple;

/** The service at the edge. */
public interface Order {
    /** The versions of the stock that answered its calls. */
    String order(String item);
}
