package io.grayrelease.data.rocketmq;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import org.apache.rocketmq.client.consumer.DefaultMQPushConsumer;
import org.apache.rocketmq.client.consumer.listener.ConsumeConcurrentlyContext;
import org.apache.rocketmq.client.consumer.listener.ConsumeConcurrentlyStatus;
import org.apache.rocketmq.client.consumer.listener.MessageListenerConcurrently;
import org.apache.rocketmq.common.message.MessageExt;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.grayrelease.data.Event;
import io.grayrelease.data.Inbox;
import io.grayrelease.data.Messages;
import io.grayrelease.data.Route;

/**
 * Hands messages to the inbox, from several threads: events may come in any order, and no queue is locked for one process. While a
 * store is away, it keeps the messages that it has and tries them again, so that the queue brings no more; after 16 answers of
 * "later", RocketMQ would put them into a queue that nobody reads.
 */
final class Listener implements MessageListenerConcurrently {
    private static final Logger LOG = LoggerFactory.getLogger(Listener.class);
    private static final int THREADS = 4;
    private static final int BATCH = 200;
    private static final long FIRST_PAUSE_MILLIS = 50;
    private static final long LONGEST_PAUSE_MILLIS = 2_000;

    private final Route route;
    private final Inbox inbox;
    private final CountDownLatch closed = new CountDownLatch(1);

    Listener(Route route, Inbox inbox) {
        this.route = route;
        this.inbox = inbox;
    }

    void settings(DefaultMQPushConsumer consumer) {
        consumer.setConsumeThreadMin(THREADS);
        consumer.setConsumeThreadMax(THREADS);
        consumer.setConsumeMessageBatchMaxSize(BATCH);
        consumer.setPullBatchSize(BATCH);
        // Messages that a closing process gives back are never given up either.
        consumer.setMaxReconsumeTimes(Integer.MAX_VALUE);
        consumer.registerMessageListener(this);
    }

    @Override
    public ConsumeConcurrentlyStatus consumeMessage(List<MessageExt> messages, ConsumeConcurrentlyContext context) {
        List<Event> events = events(messages);
        for (long pause = FIRST_PAUSE_MILLIS; ; pause = Math.min(LONGEST_PAUSE_MILLIS, 2 * pause)) {
            try {
                inbox.accept(events);
                return ConsumeConcurrentlyStatus.CONSUME_SUCCESS;
            } catch (SQLException | RuntimeException e) {
                LOG.warn("gray: events of {} wait, tried again in {} ms: {}", route, pause, e.toString());
            }
            if (isClosedAfter(pause)) {
                return ConsumeConcurrentlyStatus.RECONSUME_LATER;
            }
        }
    }

    private List<Event> events(List<MessageExt> messages) {
        List<Event> events = new ArrayList<>();
        for (MessageExt message : messages) {
            try {
                Messages.read(route, message.getBody()).ifPresent(events::add);
            } catch (IllegalArgumentException e) {
                LOG.warn("gray: {} of {} is passed over: {}", message.getMsgId(), message.getTopic(), e.getMessage());
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
    }
}
