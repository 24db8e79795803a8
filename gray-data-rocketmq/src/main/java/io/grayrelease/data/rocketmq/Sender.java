package io.grayrelease.data.rocketmq;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.apache.rocketmq.client.exception.MQBrokerException;
import org.apache.rocketmq.client.exception.MQClientException;
import org.apache.rocketmq.client.producer.DefaultMQProducer;
import org.apache.rocketmq.common.message.Message;
import org.apache.rocketmq.common.message.MessageQueue;
import org.apache.rocketmq.remoting.exception.RemotingException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends messages in batches to the queues of a topic, those of a key to the same one: so two consumers seldom wait for each other
 * at a row. It is no more than that, for events may come in any order; where the queue does not take them, another one does. For
 * one thread.
 */
final class Sender {
    private static final Logger LOG = LoggerFactory.getLogger(Sender.class);
    private static final int LARGEST_BATCH = 1 << 20;
    private static final long KNOWN_NANOS = 30_000_000_000L;

    private final DefaultMQProducer producer;
    private final String topic;
    private List<MessageQueue> queues = Collections.emptyList();
    private long readAt;

    Sender(DefaultMQProducer producer, String topic) {
        this.producer = producer;
        this.topic = topic;
    }

    /** A message, and the key that it is of. */
    static final class Keyed {
        final String key;
        final Message message;

        Keyed(String key, Message message) {
            this.key = key;
            this.message = message;
        }
    }

    void send(List<Keyed> messages) throws Exception {
        List<MessageQueue> all = queues();
        Map<Integer, List<Message>> byQueue = new HashMap<>();
        for (Keyed each : messages) {
            // The hash of a String is specified, and so the same in all processes.
            int queue = all.isEmpty() ? 0 : Math.floorMod(each.key.hashCode(), all.size());
            byQueue.computeIfAbsent(queue, none -> new ArrayList<>()).add(each.message);
        }
        for (Map.Entry<Integer, List<Message>> each : byQueue.entrySet()) {
            for (List<Message> batch : batches(each.getValue())) {
                if (all.isEmpty()) {
                    producer.send(batch);
                } else {
                    send(batch, all.get(each.getKey()));
                }
            }
        }
    }

    private void send(List<Message> batch, MessageQueue queue) throws Exception {
        try {
            producer.send(batch, queue);
        } catch (MQClientException | RemotingException | MQBrokerException e) {
            LOG.debug("gray: {} does not take messages", queue, e);
            queues = Collections.emptyList();
            producer.send(batch);
        }
    }

    private static List<List<Message>> batches(List<Message> messages) {
        List<List<Message>> batches = new ArrayList<>();
        int size = LARGEST_BATCH;
        for (Message message : messages) {
            if (size + message.getBody().length > LARGEST_BATCH) {
                batches.add(new ArrayList<>());
                size = 0;
            }
            batches.get(batches.size() - 1).add(message);
            size += message.getBody().length;
        }
        return batches;
    }

    /** Empty where the topic is not there yet: the first message makes the broker create it, if it does so. */
    private List<MessageQueue> queues() {
        if (queues.isEmpty() || System.nanoTime() - readAt > KNOWN_NANOS) {
            try {
                List<MessageQueue> found = new ArrayList<>(producer.fetchPublishMessageQueues(topic));
                Collections.sort(found);
                queues = found;
            } catch (MQClientException e) {
                LOG.debug("gray: {} has no queues", topic, e);
                queues = Collections.emptyList();
            }
            readAt = System.nanoTime();
        }
        return queues;
    }
}
