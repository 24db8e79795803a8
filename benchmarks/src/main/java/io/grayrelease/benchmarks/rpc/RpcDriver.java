package io.grayrelease.benchmarks.rpc;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.stream.Stream;

import org.apache.curator.test.TestingServer;

import io.grayrelease.benchmarks.RpcResult;
import io.grayrelease.benchmarks.RpcResult.Round;
import io.grayrelease.benchmarks.RpcResult.Series;
import io.grayrelease.demo.servers.ApolloEndpoint;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Calls between processes: every variant has a provider and a consumer, and they take turns. */
@Command(
        name = "rpc",
        mixinStandardHelpOptions = true,
        description = "Measures whole calls between processes with our jars, without them and with Dubbo's own routers,"
                + " and what a service pays for having the jars.",
        sortOptions = false)
public final class RpcDriver implements Callable<Integer> {
    private static final long SEED = 1;

    @Option(names = "--providers", split = ",", defaultValue = "10,1000", description = "(default: ${DEFAULT-VALUE})")
    private List<Integer> providers = List.of();

    @Option(names = "--threads", defaultValue = "4", description = "that call (default: ${DEFAULT-VALUE})")
    private int threads;

    @Option(
            names = "--forks",
            defaultValue = "3",
            description = "of every process: no two compile their code alike (default: ${DEFAULT-VALUE})")
    private int forks;

    @Option(
            names = "--warm-millis",
            defaultValue = "20000",
            description = "before the first round (default: ${DEFAULT-VALUE})")
    private long warmMillis;

    @Option(
            names = "--rounds",
            defaultValue = "5",
            description = "of each variant and fork (default: ${DEFAULT-VALUE})")
    private int rounds;

    @Option(names = "--round-millis", defaultValue = "3000", description = "(default: ${DEFAULT-VALUE})")
    private long roundMillis;

    @Option(
            names = "--starts",
            defaultValue = "10",
            description = "with the jars and without (default: ${DEFAULT-VALUE})")
    private int starts;

    @Option(names = "--folder", required = true, description = "for the logs of the processes")
    private Path folder = Path.of("");

    @Option(names = "--result", required = true, description = "the JSON file to write")
    private Path result = Path.of("");

    public static void main(String[] arguments) {
        int status = new CommandLine(new RpcDriver()).execute(arguments);
        Runtime.getRuntime().halt(status); // ZooKeeper leaves threads behind
    }

    @Override
    public Integer call() throws Exception {
        Files.createDirectories(folder);
        try (TestingServer zooKeeper = new TestingServer(true);
                ApolloEndpoint apollo = ApolloEndpoint.start();
                Addresses addresses = new Addresses(zooKeeper.getConnectString())) {
            apollo.publish("gray-policy", policy());
            addresses.publishRule();
            Launcher launcher = new Launcher(folder, apollo.url());
            List<Series> series = new ArrayList<>();
            for (int count : providers) {
                series.addAll(compare(launcher, addresses, count));
            }
            new RpcResult(
                            String.join(" ", Launcher.JVM),
                            threads,
                            series,
                            new Footprint(launcher, addresses).starts(starts),
                            Footprint.jars())
                    .write(result);
        }
        return 0;
    }

    /** One route, and the same split as the other variants have. */
    private static Map<String, String> policy() {
        return Map.of(
                "gray.route.T", Echo.class.getName() + ":" + Variant.GRAY_VERSION,
                "gray.rule.10-tenth", "uid % " + Load.USERS + " < " + Load.GRAY_USERS + " => T");
    }

    private List<Series> compare(Launcher launcher, Addresses addresses, int count) {
        Map<String, Map<Variant, List<Round>>> measured = new LinkedHashMap<>();
        for (int fork = 0; fork < forks; fork++) {
            List<Pair> pairs = Arrays.stream(Variant.values())
                    .parallel()
                    .map(variant -> Pair.start(variant, launcher, addresses, count, threads))
                    .toList();
            try {
                DubboApp.PROTOCOLS.forEach(protocol -> measure(
                        pairs, protocol, measured.computeIfAbsent(protocol, unknown -> new EnumMap<>(Variant.class))));
            } finally {
                pairs.forEach(Pair::close);
            }
        }
        return measured.entrySet().stream()
                .flatMap(entry -> series(entry.getKey(), count, entry.getValue()))
                .toList();
    }

    private void measure(List<Pair> pairs, String protocol, Map<Variant, List<Round>> measured) {
        for (Pair pair : pairs) {
            pair.check(protocol);
            pair.run(protocol, warmMillis);
        }
        List<Pair> order = new ArrayList<>(pairs);
        Random random = new Random(SEED);
        for (int i = 0; i < rounds; i++) {
            order.forEach(pair -> measured.computeIfAbsent(pair.variant(), unknown -> new ArrayList<>())
                    .add(pair.run(protocol, roundMillis)));
            Collections.shuffle(order, random); // none always follows the same one
        }
    }

    private static Stream<Series> series(String protocol, int count, Map<Variant, List<Round>> measured) {
        measured.forEach(
                (variant, done) -> System.out.printf("%s, %d providers, %s: %s%n", protocol, count, variant, done));
        return measured.entrySet().stream()
                .map(entry -> new Series(protocol, count, entry.getKey().name(), entry.getValue()));
    }
}
