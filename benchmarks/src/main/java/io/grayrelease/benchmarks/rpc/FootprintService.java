package io.grayrelease.benchmarks.rpc;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.List;

import org.apache.dubbo.config.ReferenceConfig;
import org.apache.dubbo.config.ServiceConfig;
import org.apache.dubbo.config.bootstrap.DubboBootstrap;
import org.apache.dubbo.rpc.RpcContext;

import com.google.gson.Gson;

/**
 * A service in the middle of a chain: it provides {@link Echo} and calls another one. Arguments: ZooKeeper, and the part
 * of the registry. Asked for anything, it calls for a while and answers with {@link Look} as JSON.
 */
final class FootprintService {
    private static final int CALLS = 1_000;

    private FootprintService() {}

    /**
     * The process after these calls.
     *
     * @param heap bytes in use after a collection
     * @param threads their names
     */
    record Look(long heap, List<String> threads) {}

    public static void main(String[] arguments) throws IOException {
        ServiceConfig<Echo> service = DubboApp.service(Variant.STABLE_VERSION);
        ReferenceConfig<Echo> reference = DubboApp.reference("dubbo");
        reference.setScope("remote");
        DubboBootstrap bootstrap = DubboApp.named("middle");
        bootstrap
                .registry(DubboApp.registry(arguments[0], arguments[1]))
                .service(service)
                .reference(reference);
        bootstrap.start();
        Echo next = reference.get();
        Console console = new Console();
        console.say(Console.READY);
        if (console.next() != null) {
            console.say(new Gson().toJson(look(next)));
        }
        console.awaitEnd();
    }

    private static Look look(Echo next) {
        for (int i = 0; i < CALLS; i++) {
            RpcContext.getClientAttachment().setAttachment("gray-uid", String.valueOf(i % Load.USERS));
            next.echo("hello");
        }
        List<String> threads = Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .sorted()
                .toList();
        return new Look(heap(), threads);
    }

    @SuppressWarnings("CallToSystemGC") // what is in use is asked for
    private static long heap() {
        System.gc();
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
}
