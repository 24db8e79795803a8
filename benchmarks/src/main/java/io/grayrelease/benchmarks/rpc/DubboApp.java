package io.grayrelease.benchmarks.rpc;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import org.apache.dubbo.config.ApplicationConfig;
import org.apache.dubbo.config.ProtocolConfig;
import org.apache.dubbo.config.ReferenceConfig;
import org.apache.dubbo.config.RegistryConfig;
import org.apache.dubbo.config.ServiceConfig;
import org.apache.dubbo.config.bootstrap.DubboBootstrap;
import org.apache.dubbo.rpc.model.FrameworkModel;

import io.grayrelease.demo.servers.FreePorts;

/** Dubbo applications as all processes set them up. */
final class DubboApp {
    static final List<String> PROTOCOLS = List.of("dubbo", "tri");

    private static final int TIMEOUT_MILLIS =
            Math.toIntExact(Duration.ofSeconds(10).toMillis());

    private DubboApp() {}

    /** An application of its own: two of one framework would call each other within the process. */
    static DubboBootstrap named(String name) {
        ApplicationConfig application = new ApplicationConfig(name);
        application.setQosEnable(false);
        application.setEnableFileCache(false);
        application.setRegisterMode("interface");
        return DubboBootstrap.newInstance(new FrameworkModel()).application(application);
    }

    /**
     * The registry.
     *
     * @param zooKeeper {@code host:port}
     * @param group the part of it that is used, for addresses and for the rules of Dubbo's routers
     */
    static RegistryConfig registry(String zooKeeper, String group) {
        RegistryConfig registry = new RegistryConfig("zookeeper://" + zooKeeper);
        registry.setGroup(group);
        registry.setRegister(false); // the driver registers the providers, under more addresses than they know
        registry.setUseAsConfigCenter(true);
        registry.setUseAsMetadataCenter(false);
        return registry;
    }

    /** An {@link Echo} of a version, on both protocols. */
    static ServiceConfig<Echo> service(String version) {
        ServiceConfig<Echo> service = new ServiceConfig<>();
        service.setInterface(Echo.class);
        service.setRef(text -> version + " " + text);
        service.setProtocols(PROTOCOLS.stream()
                .map(protocol -> new ProtocolConfig(protocol, FreePorts.next()))
                .toList());
        service.setParameters(Map.of("gray.version", version));
        return service;
    }

    static ReferenceConfig<Echo> reference(String protocol) {
        ReferenceConfig<Echo> reference = new ReferenceConfig<>();
        reference.setInterface(Echo.class);
        reference.setProtocol(protocol);
        reference.setTimeout(TIMEOUT_MILLIS);
        reference.setRetries(0);
        return reference;
    }
}
