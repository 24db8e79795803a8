package io.grayrelease.demo.data.traffic;

import java.util.Optional;

import io.grayrelease.demo.data.api.Order;

/** What a call makes of an order, if it is carried out. */
interface Effect {
    Optional<Order> on(Optional<Order> before);

    /** A call that was not carried out. */
    static Effect none() {
        return before -> before;
    }

    /** Version 1.0.0 leaves the new columns to their defaults. */
    static Effect placed(boolean knowsExtras, Order order) {
        return before -> Optional.of(knowsExtras ? order : order.with("web", null));
    }

    /** Version 1.0.0 leaves the new columns as they are. */
    static Effect changed(boolean knowsExtras, Order order) {
        return before -> before.map(old -> knowsExtras ? order : order.with(old.channel(), old.coupon()));
    }

    static Effect cancelled() {
        return before -> Optional.empty();
    }
}
