package io.grayrelease.it;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

import org.apache.curator.test.TestingServer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.rocketmq.client.consumer.DefaultMQPushConsumer;
import org.apache.rocketmq.client.consumer.listener.ConsumeConcurrentlyStatus;
import org.apache.rocketmq.client.consumer.listener.MessageListenerConcurrently;
import org.apache.rocketmq.client.producer.DefaultMQProducer;
import org.apache.rocketmq.common.consumer.ConsumeFromWhere;
import org.apache.rocketmq.common.message.Message;
import org.apache.rocketmq.common.message.MessageExt;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

import io.grayrelease.dubbo.context.GrayContext;
import io.grayrelease.dubbo.context.messaging.GrayKafka;
import io.grayrelease.dubbo.context.messaging.GrayRocketMq;
import io.grayrelease.policy.model.Tags;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

/** The promises of a message whose listener calls a chain, on both brokers. */
class GrayMessagesTest {
    private static final String TOPIC = "orders";
    private static final String BASELINE = "order 1.0.0 > stock 1.0.0";
    private static final String GRAY = "order 2.0.0 > stock 2.0.0";

    private static TestingServer zooKeeper;
    private static Chain chain;

    @BeforeAll
    static void startChain(@TempDir Path folder) throws Exception {
        zooKeeper = new TestingServer(true);
        chain = new Chain(zooKeeper.getConnectString(), folder, "interface", "dubbo");
        // The rule does not know uid 7: only the tag of the message makes its calls gray.
        chain.write("rule.1-a", "uid == 8 => T", "route.T", "*:2.0.0");
        chain.stock("1.0.0").stock("2.0.0").order("1.0.0").order("2.0.0").consumer();
        chain.awaitPaths(List.of(BASELINE)::equals).awaitPaths(List.of(GRAY)::equals, "uid", "8");
    }

    @AfterAll
    static void stopChain() throws Exception {
        chain.close();
        zooKeeper.close();
    }

    /** What came of one message: what the hops of its call saw, and the listener's context after its scope. */
    record Received(GrayContext carried, List<String> hops, GrayContext after) {}

    @TestInstance(TestInstance.Lifecycle.PER_CLASS)
    abstract static class Promises {
        private final Map<String, CompletableFuture<Received>> received = new ConcurrentHashMap<>();

        /** Sends a message as services do: with whatever is current. */
        abstract void send(String text) throws Exception;

        /** The work of the listener, on the listener's thread. */
        void receive(GrayContext carried, String text) {
            CompletableFuture<Received> result = result(text);
            try {
                List<String> hops;
                try (GrayContext.Scope scope = GrayContext.open(carried)) {
                    hops = chain.call("once");
                }
                result.complete(new Received(carried, hops, GrayContext.current()));
            } catch (RuntimeException e) {
                result.completeExceptionally(e);
            }
        }

        @Test
        void taggedMessage_isServedByTheGrayVersion() throws Exception {
            GrayContext tester = GrayContext.decided(Tags.of("T"), "7");

            Received message = sendWith(tester, "tagged");

            assertThat(message.carried()).isEqualTo(tester);
            assertThat(Hop.path(message.hops().subList(0, 2))).isEqualTo(GRAY);
            assertThat(Hop.values(message.hops(), "tag")).containsExactly("T");
            assertThat(Hop.values(message.hops(), "uid")).containsExactly("7");
            assertThat(message.after()).isEqualTo(GrayContext.NONE);
        }

        @Test
        void messageWithoutTags_isServedByTheBaseline() throws Exception {
            Received message = sendWith(GrayContext.NONE, "plain");

            assertThat(message.carried()).isEqualTo(GrayContext.NONE);
            assertThat(Hop.path(message.hops().subList(0, 2))).isEqualTo(BASELINE);
            assertThat(message.after()).isEqualTo(GrayContext.NONE);
        }

        @Test
        void undecidedMessage_isDecidedByTheFirstCallOfItsListener() throws Exception {
            Received message = sendWith(GrayContext.undecided("8"), "undecided");

            assertThat(Hop.path(message.hops().subList(0, 2))).isEqualTo(GRAY);
            assertThat(message.after()).isEqualTo(GrayContext.NONE);
        }

        @Test
        void messageDecidedToBaseline_staysThere_whateverTheRulesSayOfItsUid() throws Exception {
            Received message = sendWith(GrayContext.decided(Tags.NONE, "8"), "baseline");

            assertThat(Hop.path(message.hops().subList(0, 2))).isEqualTo(BASELINE);
        }

        private Received sendWith(GrayContext context, String text) throws Exception {
            try (GrayContext.Scope scope = GrayContext.open(context)) {
                send(text);
            }
            return result(text).get(30, TimeUnit.SECONDS);
        }

        private CompletableFuture<Received> result(String text) {
            return received.computeIfAbsent(text, key -> new CompletableFuture<>());
        }
    }

    @Nested
    class Kafka extends Promises {
        private EmbeddedKafka broker;
        private KafkaProducer<String, String> producer;
        private KafkaConsumer<String, String> consumer;
        private CompletableFuture<Void> polling;

        @BeforeAll
        void start() throws Exception {
            broker = new EmbeddedKafka(TOPIC);
            producer = new KafkaProducer<>(
                    Map.of("bootstrap.servers", broker.addresses()), new StringSerializer(), new StringSerializer());
            consumer = new KafkaConsumer<>(
                    Map.of(
                            "bootstrap.servers", broker.addresses(),
                            "group.id", "listener",
                            "auto.offset.reset", "earliest"),
                    new StringDeserializer(),
                    new StringDeserializer());
            consumer.subscribe(List.of(TOPIC));
            polling = CompletableFuture.runAsync(this::poll, task -> new Thread(task, "kafka-listener").start());
        }

        private void poll() {
            try (KafkaConsumer<String, String> polled = consumer) {
                while (true) {
                    for (ConsumerRecord<String, String> record : polled.poll(Duration.ofSeconds(1))) {
                        receive(GrayKafka.extract(record.headers()), record.value());
                    }
                }
            } catch (WakeupException e) {
                // the end
            }
        }

        @Override
        void send(String text) throws Exception {
            ProducerRecord<String, String> record = new ProducerRecord<>(TOPIC, text);
            GrayKafka.inject(record.headers());
            producer.send(record).get();
        }

        @AfterAll
        void stop() throws Exception {
            consumer.wakeup();
            polling.get(30, TimeUnit.SECONDS);
            producer.close();
            broker.close();
        }
    }

    @Nested
    class RocketMq extends Promises {
        private DefaultMQProducer producer;
        private DefaultMQPushConsumer consumer;

        @BeforeAll
        void start() throws Exception {
            // It outlives the test, so a temporary folder could not be deleted under it.
            Path folder = Files.createTempDirectory(Files.createDirectories(Path.of("target")), "rocketmq");
            EmbeddedRocketMq broker = new EmbeddedRocketMq(folder, TOPIC);
            producer = new DefaultMQProducer("sender");
            producer.setNamesrvAddr(broker.address());
            producer.start();
            consumer = new DefaultMQPushConsumer("listener");
            consumer.setNamesrvAddr(broker.address());
            consumer.setConsumeFromWhere(ConsumeFromWhere.CONSUME_FROM_FIRST_OFFSET);
            consumer.subscribe(TOPIC, "*");
            MessageListenerConcurrently listener = (messages, context) -> {
                for (MessageExt message : messages) {
                    receive(GrayRocketMq.extract(message), new String(message.getBody(), UTF_8));
                }
                return ConsumeConcurrentlyStatus.CONSUME_SUCCESS;
            };
            consumer.registerMessageListener(listener);
            consumer.start();
        }

        @Override
        void send(String text) throws Exception {
            Message message = new Message(TOPIC, text.getBytes(UTF_8));
            GrayRocketMq.inject(message);
            producer.send(message, 10_000);
        }

        @AfterAll
        void stop() {
            consumer.shutdown();
            producer.shutdown();
        }
    }
}
