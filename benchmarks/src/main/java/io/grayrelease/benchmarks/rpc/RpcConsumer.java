package io.grayrelease.benchmarks.rpc;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import org.apache.dubbo.config.ReferenceConfig;
import org.apache.dubbo.config.bootstrap.DubboBootstrap;

import com.google.gson.Gson;

/**
 * A process that calls {@link Echo}. Arguments: the {@link Variant}, ZooKeeper, and how many threads call. It takes lines
 * {@code <protocol> <milliseconds>}, calls for that long, and answers with a {@link
 * io.grayrelease.benchmarks.RpcResult.Round} as JSON.
 */
final class RpcConsumer {
    private RpcConsumer() {}

    public static void main(String[] arguments) throws Exception {
        Variant variant = Variant.valueOf(arguments[0]);
        Map<String, Echo> echoes = references(variant, arguments[1]);
        Gson gson = new Gson();
        Console console = new Console();
        try (Load load = new Load(variant, Integer.parseInt(arguments[2]))) {
            console.say(Console.READY);
            for (String line = console.next(); line != null; line = console.next()) {
                List<String> words = List.of(line.split(" ", -1));
                Echo echo = Objects.requireNonNull(echoes.get(words.get(0)), line);
                console.say(gson.toJson(load.run(echo, Long.parseLong(words.get(1)))));
            }
        }
        console.awaitEnd();
    }

    private static Map<String, Echo> references(Variant variant, String zooKeeper) {
        DubboBootstrap bootstrap = DubboApp.named("consumer").registry(DubboApp.registry(zooKeeper, variant.group()));
        Map<String, ReferenceConfig<Echo>> references = new HashMap<>();
        for (String protocol : DubboApp.PROTOCOLS) {
            ReferenceConfig<Echo> reference = DubboApp.reference(protocol);
            references.put(protocol, reference);
            bootstrap.reference(reference);
        }
        bootstrap.start();
        Map<String, Echo> echoes = new HashMap<>();
        references.forEach((protocol, reference) -> echoes.put(protocol, reference.get()));
        return echoes;
    }
}
