package io.grayrelease.benchmarks.rpc;

import java.io.IOException;
import java.util.List;

import org.apache.dubbo.common.URL;
import org.apache.dubbo.config.RegistryConfig;
import org.apache.dubbo.config.ServiceConfig;
import org.apache.dubbo.config.bootstrap.DubboBootstrap;

/**
 * A process that provides {@link Echo} in both versions and on both protocols, each on a port of its own and on every
 * address of the machine. It says as which URLs.
 */
final class RpcProvider {
    private RpcProvider() {}

    public static void main(String[] arguments) throws IOException {
        Console console = new Console();
        for (String version : List.of(Variant.STABLE_VERSION, Variant.GRAY_VERSION)) {
            provide(version).forEach(url -> console.say(url.toFullString()));
        }
        console.say(Console.READY);
        console.awaitEnd();
    }

    private static List<URL> provide(String version) {
        ServiceConfig<Echo> service = DubboApp.service(version);
        DubboBootstrap bootstrap = DubboApp.named("echo-" + version);
        bootstrap.registry(new RegistryConfig(RegistryConfig.NO_AVAILABLE)).service(service);
        bootstrap.start();
        return service.getExportedUrls();
    }
}
