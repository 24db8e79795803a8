package io.grayrelease.matrix.driver;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import org.apache.curator.test.TestingServer;
import org.junit.jupiter.api.Test;

import io.grayrelease.matrix.app.Way;

class MatrixTest {
    @Test
    void column() throws Exception {
        String entry = System.getProperty("chain.entry", "3.3.6");
        Chain chain = Chain.of(entry, System.getProperty("chain.mode", "instance"))
                .mixed(System.getProperty("chain.middle", entry), System.getProperty("chain.end", entry));
        Path folder = Files.createDirectories(Path.of(System.getProperty("matrix.logs"), "x"));
        Files.writeString(
                folder.resolve("policy.properties"),
                "gray.switch=on\ngray.rule.1-a=uid == 7 => T\ngray.route.T=middle-app:2.0.0, end-app:2.0.0\n");
        long t = System.nanoTime();
        try (TestingServer zooKeeper = new TestingServer(true);
                Fleet fleet = Fleet.start(chain, zooKeeper.getConnectString(), folder)) {
            System.out.println("started " + (System.nanoTime() - t) / 1000000);
            ExecutorService pool = Executors.newFixedThreadPool(8);
            Map<Row, Future<String>> results = new LinkedHashMap<>();
            for (String protocol : List.of("dubbo", "tri")) {
                for (Way way : Way.values()) {
                    Row row = new Row(way, protocol);
                    results.put(row, pool.submit(() -> row.problem(fleet)));
                }
            }
            for (Map.Entry<Row, Future<String>> result : results.entrySet()) {
                String problem = result.getValue().get();
                System.out.println(result.getKey() + ": "
                        + (problem.isEmpty() ? "ok" : problem.lines().limit(12).toList()));
            }
            System.out.println("done " + (System.nanoTime() - t) / 1000000);
        }
    }
}
