package io.grayrelease.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ExecutionException;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.utils.Time;

import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import kafka.tools.StorageTool;

/** The process of a Kafka node: a folder, two ports and a topic. It says when it is ready, and does not end. */
final class KafkaBroker {
    static final String READY = "the broker is ready";

    private KafkaBroker() {}

    public static void main(String[] arguments) throws Exception {
        Path folder = Path.of(arguments[0]);
        Properties settings = settings(folder, arguments[1], arguments[2]);
        if (!Files.exists(folder.resolve("kafka"))) {
            format(folder, settings);
        }
        new KafkaRaftServer(new KafkaConfig(settings), Time.SYSTEM).startup();
        create("127.0.0.1:" + arguments[1], arguments[3]);
        System.out.println(READY);
    }

    private static Properties settings(Path folder, String port, String controllerPort) {
        Properties settings = new Properties();
        settings.putAll(Map.ofEntries(
                Map.entry("process.roles", "broker,controller"),
                Map.entry("node.id", "1"),
                Map.entry("controller.quorum.voters", "1@127.0.0.1:" + controllerPort),
                Map.entry("controller.listener.names", "CONTROLLER"),
                Map.entry("listeners", "PLAINTEXT://127.0.0.1:" + port + ",CONTROLLER://127.0.0.1:" + controllerPort),
                Map.entry("log.dirs", folder.resolve("kafka").toString()),
                Map.entry("group.initial.rebalance.delay.ms", "0"),
                Map.entry("offsets.topic.num.partitions", "1"),
                Map.entry("offsets.topic.replication.factor", "1"),
                // The cleaner alone would take 128 MB.
                Map.entry("log.cleaner.enable", "false"),
                Map.entry("num.network.threads", "2"),
                Map.entry("num.io.threads", "2")));
        return settings;
    }

    private static void format(Path folder, Properties settings) throws IOException {
        Path file = folder.resolve("server.properties");
        try (var out = Files.newOutputStream(file)) {
            settings.store(out, null);
        }
        int exit = StorageTool.execute(
                new String[] {"format", "--cluster-id", "AAAAAAAAAAAAAAAAAAAAAA", "--config", file.toString()},
                System.out);
        if (exit != 0) {
            throw new IOException("the folder was not formatted: " + exit);
        }
    }

    private static void create(String address, String topic) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", address))) {
            admin.createTopics(List.of(new NewTopic(topic, 4, (short) 1))).all().get();
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof TopicExistsException)) {
                throw e;
            }
        }
    }
}
