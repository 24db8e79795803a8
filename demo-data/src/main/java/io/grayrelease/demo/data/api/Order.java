package io.grayrelease.demo.data.api;

import java.io.Serializable;
import java.math.BigDecimal;

import org.jspecify.annotations.Nullable;

/**
 * An order. Immutable.
 *
 * @param channel where it came from; version 1.0.0 knows none, and answers with none
 * @param coupon what was redeemed; as the channel
 */
public record Order(
        long number,
        String customer,
        BigDecimal amount,
        String remark,
        @Nullable String channel,
        @Nullable String coupon)
        implements Serializable {
    /** What version 1.0.0 knows of it. */
    public Order withoutExtras() {
        return new Order(number, customer, amount, remark, null, null);
    }

    /** This order with the columns that only version 2.0.0 knows. */
    public Order with(@Nullable String newChannel, @Nullable String newCoupon) {
        return new Order(number, customer, amount, remark, newChannel, newCoupon);
    }
}
