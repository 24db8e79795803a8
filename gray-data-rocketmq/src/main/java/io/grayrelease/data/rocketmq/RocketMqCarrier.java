package io.grayrelease.data.rocketmq;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

import org.apache.rocketmq.client.consumer.DefaultMQPushConsumer;
import org.apache.rocketmq.client.exception.MQClientException;
import org.apache.rocketmq.client.producer.DefaultMQProducer;
import org.apache.rocketmq.common.consumer.ConsumeFromWhere;
import org.apache.rocketmq.common.message.Message;
import org.apache.rocketmq.remoting.RPCHook;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.grayrelease.data.Carrier;
import io.grayrelease.data.Event;
import io.grayrelease.data.Inbox;
import io.grayrelease.data.Messages;
import io.grayrelease.data.Route;

/**
 * Brings the events of a route through a topic of RocketMQ: a producer and a consumer of its own, whose group is
 * {@code gray-data_} and the route's name. The tag of a message is the route's name, so that migrations may share the topic.
 * Thread-safe.
 */
public final class RocketMqCarrier implements Carrier {
    private static final Logger LOG = LoggerFactory.getLogger(RocketMqCarrier.class);
    private static final String GROUP = "gray-data_";
    /** What a broker takes at most is 4 MiB; a message has properties too. */
    private static final int LARGEST_MESSAGE = 4_000_000;

    private static final long TRY_AGAIN_MILLIS = 2_000;
    private static final long CLOSE_MILLIS = 5_000;
    private static final int HEARTBEAT_MILLIS = 5_000;

    private final String nameServers;
    private final String topic;
    private final @Nullable RPCHook hook;
    private final Route route;
    private final Inbox inbox;
    private final Listener listener;
    private final Thread opening;
    private volatile @Nullable Sender sender;
    private volatile @Nullable DefaultMQProducer producer;
    private volatile @Nullable DefaultMQPushConsumer consumer;
    private volatile boolean closed;

    private RocketMqCarrier(String nameServers, String topic, @Nullable RPCHook hook, Route route, Inbox inbox) {
        this.nameServers = nameServers;
        this.topic = topic;
        this.hook = hook;
        this.route = route;
        this.inbox = inbox;
        this.listener = new Listener(route, inbox);
        this.opening = new Thread(this::open, "gray-data-rocketmq-" + route);
        opening.setDaemon(true);
    }

    /**
     * Through a topic that exists, or that the broker creates.
     *
     * @param nameServers addresses as RocketMQ takes them: {@code 10.0.0.1:9876;10.0.0.2:9876}
     */
    public static Carrier.Factory factory(String nameServers, String topic) {
        return factory(nameServers, topic, null);
    }

    /** The same with what signs the requests, where the cluster asks for that: {@code AclClientRPCHook}. */
    public static Carrier.Factory factory(String nameServers, String topic, @Nullable RPCHook hook) {
        return (route, inbox) -> {
            RocketMqCarrier carrier = new RocketMqCarrier(nameServers, topic, hook, route, inbox);
            carrier.opening.start();
            return carrier;
        };
    }

    /** The cluster may be away: nobody waits for it, and what is not there yet is tried again. */
    private void open() {
        while (!closed) {
            try {
                start();
                return;
            } catch (MQClientException | RuntimeException e) {
                LOG.warn("gray: RocketMQ of {} at {} is tried again: {}", route, nameServers, e.toString());
                shutDown();
                pause();
            }
        }
    }

    private void start() throws MQClientException {
        String instance = UUID.randomUUID().toString();
        DefaultMQProducer sends = new DefaultMQProducer(GROUP + route.name(), hook);
        producer = sends;
        sends.setNamesrvAddr(nameServers);
        sends.setInstanceName(instance);
        sends.setHeartbeatBrokerInterval(HEARTBEAT_MILLIS);
        sends.start();
        sender = new Sender(sends, topic);
        DefaultMQPushConsumer receives = new DefaultMQPushConsumer(GROUP + route.name(), hook);
        consumer = receives;
        receives.setNamesrvAddr(nameServers);
        receives.setInstanceName(instance);
        receives.setHeartbeatBrokerInterval(HEARTBEAT_MILLIS);
        receives.setConsumeFromWhere(ConsumeFromWhere.CONSUME_FROM_FIRST_OFFSET);
        receives.subscribe(topic, route.name());
        listener.settings(receives);
        receives.start();
    }

    @Override
    public void send(List<Event> events) throws Exception {
        Sender open = sender;
        if (open == null) {
            throw new IOException("RocketMQ: found no way to " + nameServers + " yet");
        }
        List<Event> tooLarge = new ArrayList<>();
        List<Sender.Keyed> messages = new ArrayList<>();
        for (Event event : events) {
            byte[] body = Messages.write(route, event);
            if (body.length > LARGEST_MESSAGE) {
                tooLarge.add(event);
            } else {
                messages.add(new Sender.Keyed(event.key(), new Message(topic, route.name(), body)));
            }
        }
        open.send(messages);
        // Not for the queue: the sender takes them over itself.
        inbox.accept(tooLarge);
    }

    private void pause() {
        try {
            Thread.sleep(TRY_AGAIN_MILLIS);
        } catch (InterruptedException e) {
            closed = true;
        }
    }

    private void shutDown() {
        sender = null;
        DefaultMQPushConsumer receives = consumer;
        if (receives != null) {
            receives.shutdown();
        }
        DefaultMQProducer sends = producer;
        if (sends != null) {
            sends.shutdown();
        }
    }

    @Override
    public void close() {
        closed = true;
        listener.close();
        opening.interrupt();
        try {
            opening.join(CLOSE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        shutDown();
    }
}
