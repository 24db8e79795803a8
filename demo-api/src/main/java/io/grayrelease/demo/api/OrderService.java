package io.grayrelease.demo.api;

import java.util.List;

/** Takes orders. */
public interface OrderService {
    /** Orders an item; answers with the services that took part, in the order in which they were called. */
    List<Hop> order(String item);
}
