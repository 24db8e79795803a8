package io.grayrelease.demo.servers;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;

import org.apache.curator.test.InstanceSpec;
import org.apache.curator.test.TestingServer;

/**
 * An embedded ZooKeeper and an Apollo endpoint in one process. It prints {@code zookeeper=...} and {@code apollo=...}, then
 * takes commands from its standard input, one a line, and answers each with {@code ok}: {@code publish <namespace>
 * <file>} releases the keys of a properties file. It ends when its input does, so it never outlives who started it.
 */
public final class DemoServers {
    private DemoServers() {}

    public static void main(String[] args) throws Exception {
        try (TestingServer zooKeeper = new TestingServer(InstanceSpec.newInstanceSpec(), true);
                ApolloEndpoint apollo = ApolloEndpoint.start()) {
            System.out.println("zookeeper=127.0.0.1:" + zooKeeper.getPort());
            System.out.println("apollo=" + apollo.url());
            BufferedReader commands = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
            for (String line = commands.readLine(); line != null; line = commands.readLine()) {
                run(line.split(" ", 3), apollo);
                System.out.println("ok");
            }
        }
        System.exit(0); // ZooKeeper leaves threads behind
    }

    private static void run(String[] command, ApolloEndpoint apollo) throws IOException {
        if (command.length != 3 || !command[0].equals("publish")) {
            throw new IllegalArgumentException("expected: publish <namespace> <file>");
        }
        apollo.publish(command[1], read(Path.of(command[2])));
    }

    private static Map<String, String> read(Path file) throws IOException {
        Properties properties = new Properties();
        try (var reader = Files.newBufferedReader(file)) {
            properties.load(reader);
        }
        Map<String, String> keys = new HashMap<>();
        properties.stringPropertyNames().forEach(key -> keys.put(key, properties.getProperty(key)));
        return keys;
    }
}
