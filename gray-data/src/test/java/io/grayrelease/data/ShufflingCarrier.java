package io.grayrelease.data;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A queue at its worst: it keeps all events, delivers them in any order, some of them twice, and several consumers deliver at a
 * time.
 */
final class ShufflingCarrier implements Carrier {
    private static final int CONSUMERS = 2;

    private final Random random;
    private final Inbox inbox;
    private final List<Event> waiting = new ArrayList<>();
    private final List<Event> all = new CopyOnWriteArrayList<>();
    private final List<Thread> consumers = new ArrayList<>();
    private final AtomicBoolean closed = new AtomicBoolean();
    private int underWay;

    ShufflingCarrier(long seed, Inbox inbox) {
        this.random = new Random(seed);
        this.inbox = inbox;
        for (int i = 0; i < CONSUMERS; i++) {
            Thread consumer = new Thread(this::consume, "consumer-" + i);
            consumer.setDaemon(true);
            consumer.start();
            consumers.add(consumer);
        }
    }

    /** Every event that was ever sent, those sent twice twice. */
    List<Event> all() {
        return all;
    }

    @Override
    public synchronized void send(List<Event> events) {
        all.addAll(events);
        for (Event event : events) {
            waiting.add(event);
            if (random.nextInt(5) == 0) {
                waiting.add(event);
            }
        }
        notifyAll();
    }

    private synchronized List<Event> take() throws InterruptedException {
        while (waiting.isEmpty()) {
            wait();
        }
        List<Event> some = new ArrayList<>();
        for (int most = 1 + random.nextInt(8); most > 0 && !waiting.isEmpty(); most--) {
            some.add(waiting.remove(random.nextInt(waiting.size())));
        }
        underWay++;
        return some;
    }

    private void consume() {
        try {
            while (!closed.get()) {
                deliver(take());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void deliver(List<Event> events) {
        List<Event> again = List.of();
        try {
            inbox.accept(events);
        } catch (SQLException e) {
            again = events;
        } finally {
            done(again);
        }
    }

    private synchronized void done(List<Event> again) {
        waiting.addAll(again);
        underWay--;
    }

    synchronized boolean isEmpty() {
        return waiting.isEmpty() && underWay == 0;
    }

    @Override
    public void close() {
        closed.set(true);
        consumers.forEach(Thread::interrupt);
    }
}
