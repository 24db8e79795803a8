package io.grayrelease.data.kafka;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.grayrelease.data.Event;
import io.grayrelease.data.Inbox;
import io.grayrelease.data.Messages;
import io.grayrelease.data.Route;

/**
 * The thread of a consumer: hands records to the inbox, and commits its place after that. While a store is away, its partitions are
 * paused and it goes on polling: so it stays in its group, and its partitions do not wander from one process to the next.
 */
final class Receiver {
    private static final Logger LOG = LoggerFactory.getLogger(Receiver.class);
    private static final int BATCH = 200;
    private static final byte[] NOTHING = {};
    private static final Duration POLL = Duration.ofMillis(500);
    private static final Duration CLOSE = Duration.ofSeconds(2);
    private static final int SESSION_MILLIS = 10_000;
    private static final long FIRST_PAUSE_MILLIS = 50;
    private static final long LONGEST_PAUSE_MILLIS = 2_000;

    private final Map<String, Object> settings;
    private final String topic;
    private final Route route;
    private final Inbox inbox;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread thread;
    private volatile @Nullable KafkaConsumer<String, byte[]> polling;

    Receiver(Map<String, Object> settings, String topic, Route route, Inbox inbox) {
        this.settings = new HashMap<>(settings);
        this.settings.put(ConsumerConfig.GROUP_ID_CONFIG, "gray-data_" + route.name());
        this.settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        this.settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        this.settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, BATCH);
        // The partitions of a process that was killed are another's before the outbox would bring its events.
        this.settings.put(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, SESSION_MILLIS);
        this.settings.put(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, SESSION_MILLIS / 4);
        this.topic = topic;
        this.route = route;
        this.inbox = inbox;
        this.thread = new Thread(this::run, "gray-data-kafka-" + route);
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    /** A consumer that fails for good, such as one that is not allowed to read, is followed by another. */
    private void run() {
        while (!isClosedAfter(0)) {
            try {
                receive(new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer()));
            } catch (WakeupException e) {
                LOG.debug("gray: the consumer of {} ends", route);
            } catch (RuntimeException e) {
                LOG.warn("gray: Kafka of {} is tried again: {}", route, e.toString());
            }
            if (isClosedAfter(LONGEST_PAUSE_MILLIS)) {
                return;
            }
        }
    }

    private void receive(KafkaConsumer<String, byte[]> consumer) {
        try {
            polling = consumer;
            consumer.subscribe(Collections.singletonList(topic));
            while (!isClosedAfter(0)) {
                if (bring(consumer, events(consumer, POLL))) {
                    // One that does not arrive leaves it to the next, or records come once more.
                    consumer.commitAsync();
                }
            }
        } finally {
            polling = null;
            close(consumer);
        }
    }

    @SuppressWarnings("deprecation") // What takes its place is not in Kafka's client before 4.1.
    private static void close(KafkaConsumer<String, byte[]> consumer) {
        consumer.close(CLOSE);
    }

    /** Says whether the events were brought over, and not left to others at the end. */
    private boolean bring(KafkaConsumer<String, byte[]> consumer, List<Event> first) {
        List<Event> events = new ArrayList<>(first);
        long pause = FIRST_PAUSE_MILLIS;
        while (!accepted(events, pause)) {
            if (isClosedAfter(pause)) {
                return false;
            }
            pause = Math.min(LONGEST_PAUSE_MILLIS, 2 * pause);
            // Each time: partitions that came meanwhile are not paused yet.
            consumer.pause(consumer.assignment());
            events.addAll(events(consumer, Duration.ZERO));
        }
        consumer.resume(consumer.paused());
        return true;
    }

    private boolean accepted(List<Event> events, long pause) {
        try {
            inbox.accept(events);
            return true;
        } catch (SQLException | RuntimeException e) {
            LOG.warn("gray: events of {} wait, tried again in {} ms: {}", route, pause, e.toString());
            return false;
        }
    }

    private List<Event> events(KafkaConsumer<String, byte[]> consumer, Duration wait) {
        List<Event> events = new ArrayList<>();
        for (ConsumerRecord<String, byte[]> each : consumer.poll(wait)) {
            try {
                byte[] body = each.value() == null ? NOTHING : each.value();
                Messages.read(route, body).ifPresent(events::add);
            } catch (IllegalArgumentException e) {
                LOG.warn("gray: {} of {} is passed over: {}", each.offset(), each.topic(), e.getMessage());
            }
        }
        return events;
    }

    private boolean isClosedAfter(long millis) {
        try {
            return closed.await(millis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    void close() {
        closed.countDown();
        KafkaConsumer<String, byte[]> consumer = polling;
        if (consumer != null) {
            consumer.wakeup();
        }
        try {
            thread.join(2 * CLOSE.toMillis());
            thread.interrupt();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
