package io.grayrelease.demo.data.traffic;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

import org.apache.dubbo.rpc.RpcContext;

import io.grayrelease.demo.data.api.Order;
import io.grayrelease.demo.data.api.OrderBook;
import io.grayrelease.demo.data.api.Receipt;

/**
 * One thread of traffic: reads and writes orders in the name of ever other users, so that both versions write the same orders.
 * Its orders are its own: all numbers that leave a remainder.
 */
final class Customer implements Runnable {
    private static final int UIDS = 1_000;
    private static final int HOT = 20;
    private static final long LATE_MILLIS = 5_000;

    private final int remainder;
    private final int customers;
    private final OrderBook book;
    private final Oracle oracle;
    private final Tally tally;
    private final BooleanSupplier goesOn;
    private final long pauseNanos;
    private final Random random;
    private final List<Long> gone = new ArrayList<>();
    private int uid;
    private long highest;
    private long writes;

    Customer(int remainder, Traffic traffic) {
        this.remainder = remainder;
        this.customers = traffic.customers();
        this.book = traffic.book();
        this.oracle = traffic.oracle();
        this.tally = traffic.tally();
        this.goesOn = traffic::goesOn;
        this.pauseNanos = TimeUnit.SECONDS.toNanos(customers) / traffic.callsPerSecond();
        this.random = new Random(remainder);
        this.highest = own(oracle.highest() / customers - 1);
    }

    private long own(long index) {
        return index * customers + remainder + customers; // no number is 0
    }

    @Override
    public void run() {
        long next = System.nanoTime();
        while (goesOn.getAsBoolean()) {
            call();
            next = Math.max(next + pauseNanos, System.nanoTime() - pauseNanos);
            LockSupport.parkNanos(next - System.nanoTime());
        }
    }

    private void call() {
        uid = random.nextInt(UIDS);
        int dice = random.nextInt(100);
        if (dice < 50) {
            find(any());
        } else if (dice < 56) {
            highest += customers;
            place(highest);
        } else if (dice < 60 && !gone.isEmpty()) {
            place(gone.remove(random.nextInt(gone.size())));
        } else {
            changeOrCancel(any(), dice < 68);
        }
    }

    /** Half of the calls are for a few orders, so that writes of one order come close together. */
    private long any() {
        int most = (int) (highest / customers);
        return own(random.nextInt(random.nextBoolean() ? Math.min(HOT, most) : most));
    }

    private Order order(long number) {
        writes++;
        return new Order(
                number,
                "customer-" + random.nextInt(UIDS),
                BigDecimal.valueOf(random.nextInt(1_000_000), 2),
                "write " + remainder + "." + writes,
                random.nextBoolean() ? "app" : "shop",
                random.nextBoolean() ? "coupon-" + writes : null);
    }

    /** Dubbo forgets the attachments after each call. */
    private OrderBook book() {
        RpcContext.getClientAttachment().setAttachment("uid", String.format(Locale.ROOT, "%d", uid));
        return book;
    }

    private void place(long number) {
        Order order = order(number);
        write(number, () -> book().place(order), Effect.placed(false, order), Effect.placed(true, order));
    }

    private void changeOrCancel(long number, boolean cancel) {
        if (oracle.possible(number).equals(Set.of(Optional.empty()))) {
            gone.remove(number);
            place(number);
        } else if (cancel) {
            write(number, () -> book().cancel(number), Effect.cancelled(), Effect.cancelled());
            gone.add(number);
        } else {
            Order order = order(number);
            write(number, () -> book().change(order), Effect.changed(false, order), Effect.changed(true, order));
        }
    }

    private void write(long number, Supplier<Receipt> call, Effect byOld, Effect byNew) {
        Lock lock = oracle.lock(number);
        lock.lock();
        try {
            long start = System.nanoTime();
            Receipt receipt = call.get();
            tally.written(isNew(receipt), System.nanoTime() - start);
            if (!receipt.found() && !oracle.possible(number).contains(Optional.empty())) {
                tally.wrong("order " + number + " was lost before a write of it");
            }
            oracle.happened(number, isNew(receipt) ? byNew : byOld);
        } catch (RuntimeException e) { // whatever it is, the customer does not know what became of the order
            tally.failed(String.valueOf(e.getMessage()));
            oracle.happened(number, Effect.none(), byOld, byNew);
        } finally {
            lock.unlock();
        }
    }

    private static boolean isNew(Receipt receipt) {
        return !receipt.version().startsWith("1.");
    }

    private void find(long number) {
        try {
            if (isRight(number, book().find(number))) {
                tally.read();
            } else {
                findLater(number);
            }
        } catch (RuntimeException e) { // as with a write
            tally.failed(String.valueOf(e.getMessage()));
        }
    }

    /** The store that a gray user reads may be a moment behind; nobody but this thread writes the order meanwhile. */
    private void findLater(long number) {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(LATE_MILLIS);
        Receipt receipt = book().find(number);
        while (!isRight(number, receipt) && System.nanoTime() - end < 0) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
            receipt = book().find(number);
        }
        if (isRight(number, receipt)) {
            tally.late();
        } else {
            tally.wrong("read " + receipt + ", expected one of " + oracle.possible(number));
        }
    }

    private boolean isRight(long number, Receipt receipt) {
        Optional<Order> found = Optional.ofNullable(receipt.order());
        return oracle.possible(number).stream()
                .map(order -> isNew(receipt) ? order : order.map(Order::withoutExtras))
                .anyMatch(found::equals);
    }
}
