package io.grayrelease.data;

import java.math.BigDecimal;

/** What the order service 2.0.0 knows of an order; 1.0.0 knows no channel and no priority. */
record Order(long id, String customer, BigDecimal amount, String channel, Long priority) {
    static Order of(long id, String customer, String amount) {
        return new Order(id, customer, new BigDecimal(amount), "web", null);
    }

    Order by(String newChannel, long newPriority) {
        return new Order(id, customer, amount, newChannel, newPriority);
    }

    Order priority(Long newPriority) {
        return new Order(id, customer, amount, channel, newPriority);
    }

    Order of(String newAmount) {
        return new Order(id, customer, new BigDecimal(newAmount), channel, priority);
    }
}
