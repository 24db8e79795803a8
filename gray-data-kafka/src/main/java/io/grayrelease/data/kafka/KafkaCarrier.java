package io.grayrelease.data.kafka;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;

import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;

import io.grayrelease.data.Carrier;
import io.grayrelease.data.Event;
import io.grayrelease.data.Inbox;
import io.grayrelease.data.Messages;
import io.grayrelease.data.Route;

/**
 * Brings the events of a route through a topic of Kafka: a producer and a consumer of its own, whose group is {@code gray-data_} and
 * the route's name. The key of a record is the row's key; migrations may share the topic. Thread-safe.
 */
public final class KafkaCarrier implements Carrier {
    /** What a broker takes at most is 1 MiB, unless set otherwise; a record has a head and a key too. */
    private static final int LARGEST_MESSAGE = 1_000_000;

    private static final Duration CLOSE = Duration.ofSeconds(2);
    private static final int ANSWER_MILLIS = 5_000;
    private static final int DELIVERY_MILLIS = 10_000;

    private final Map<String, Object> settings;
    private final String topic;
    private final Route route;
    private final Inbox inbox;
    private final Receiver receiver;
    private @Nullable KafkaProducer<String, byte[]> producer;

    private KafkaCarrier(Map<String, Object> settings, String topic, Route route, Inbox inbox) {
        this.settings = settings;
        this.topic = topic;
        this.route = route;
        this.inbox = inbox;
        this.receiver = new Receiver(settings, topic, route, inbox);
    }

    /** Through a topic that exists, or that the broker creates. */
    public static Carrier.Factory factory(String bootstrapServers, String topic) {
        return factory(Collections.singletonMap("bootstrap.servers", bootstrapServers), topic);
    }

    /** The same with settings that go to producer and consumer, for clusters that ask for TLS or a name and a password. */
    public static Carrier.Factory factory(Map<String, Object> settings, String topic) {
        Map<String, Object> own = new HashMap<>(settings);
        return (route, inbox) -> {
            KafkaCarrier carrier = new KafkaCarrier(own, topic, route, inbox);
            carrier.receiver.start();
            return carrier;
        };
    }

    @Override
    public void send(List<Event> events) throws Exception {
        KafkaProducer<String, byte[]> open = producer();
        List<Event> tooLarge = new ArrayList<>();
        List<Future<?>> sent = new ArrayList<>();
        for (Event event : events) {
            byte[] body = Messages.write(route, event);
            if (body.length > LARGEST_MESSAGE) {
                tooLarge.add(event);
            } else {
                Future<?> one = open.send(new ProducerRecord<>(topic, event.key(), body));
                if (one.isDone()) {
                    // Without a broker, each would first wait for one: the first that fails is enough.
                    one.get();
                }
                sent.add(one);
            }
        }
        for (Future<?> each : sent) {
            each.get();
        }
        // Not for the queue: the sender takes them over itself.
        inbox.accept(tooLarge);
    }

    /** Created when it is needed: with a name that nobody knows, it cannot be, and that may pass. */
    private synchronized KafkaProducer<String, byte[]> producer() {
        KafkaProducer<String, byte[]> open = producer;
        if (open == null) {
            Map<String, Object> all = new HashMap<>(settings);
            all.put(ProducerConfig.ACKS_CONFIG, "all");
            all.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
            all.put(ProducerConfig.LINGER_MS_CONFIG, 2);
            all.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, ANSWER_MILLIS);
            all.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, ANSWER_MILLIS);
            all.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, DELIVERY_MILLIS);
            all.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, 1 << 20);
            open = new KafkaProducer<>(all, new StringSerializer(), new ByteArraySerializer());
            producer = open;
        }
        return open;
    }

    @Override
    public void close() {
        receiver.close();
        closeProducer();
    }

    private synchronized void closeProducer() {
        if (producer != null) {
            producer.close(CLOSE);
            producer = null;
        }
    }
}
