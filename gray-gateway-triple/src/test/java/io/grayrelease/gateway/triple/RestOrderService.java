package io.grayrelease.gateway.triple;

/** A class of its own: a class that implements a mapped interface is found by that mapping only. */
public final class RestOrderService implements RestOrder {
    private final Order order;

    RestOrderService(Order order) {
        this.order = order;
    }

    @Override
    public String order(String item) {
        return order.order(item);
    }
}
