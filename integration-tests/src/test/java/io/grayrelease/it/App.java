package io.grayrelease.it;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

import org.apache.dubbo.config.ApplicationConfig;
import org.apache.dubbo.config.ProtocolConfig;
import org.apache.dubbo.config.ReferenceConfig;
import org.apache.dubbo.config.RegistryConfig;
import org.apache.dubbo.config.ServiceConfig;
import org.apache.dubbo.config.bootstrap.DubboBootstrap;
import org.apache.dubbo.rpc.model.FrameworkModel;
import org.jspecify.annotations.Nullable;

import io.grayrelease.demo.servers.FreePorts;
import io.grayrelease.dubbo.context.GrayApplication;
import io.grayrelease.policy.source.PolicyInForce;

/**
 * One Dubbo application in this JVM. Each has a FrameworkModel of its own: within one, calls would be local and never
 * routed.
 */
final class App implements AutoCloseable {
    /** How long a caller waits for an answer. */
    static final int TIMEOUT_MILLIS = 4_000;

    private final FrameworkModel framework = new FrameworkModel();
    private final DubboBootstrap bootstrap = DubboBootstrap.newInstance(framework);
    private final Map<String, String> settings = new HashMap<>();
    private final ApplicationConfig application;
    private final String mode;
    private final String protocol;

    App(String name, String zooKeeper, Path folder, String mode, String protocol) {
        this.mode = mode;
        this.protocol = protocol;
        application = new ApplicationConfig(name);
        application.setQosEnable(false);
        application.setEnableFileCache(false);
        application.setRegisterMode(mode);
        RegistryConfig registry = new RegistryConfig("zookeeper://" + zooKeeper);
        registry.setRegisterMode(mode);
        registry.setUseAsMetadataCenter(true);
        registry.setUseAsConfigCenter(false);
        ProtocolConfig protocolConfig = new ProtocolConfig(protocol, FreePorts.next());
        bootstrap.application(application).registry(registry).protocol(protocolConfig);
        set("dubbo.gray.cache-dir", folder.resolve(name).toString());
        set("dubbo.gray.source", "file:" + folder.resolve("policy.properties"));
    }

    /** A setting of this application alone, as its {@code dubbo.properties} would have it. */
    App set(String key, String value) {
        settings.put(key, value);
        return this;
    }

    App version(String version) {
        return set("dubbo.gray.version", version);
    }

    App application(Consumer<ApplicationConfig> change) {
        change.accept(application);
        return this;
    }

    <T> App provides(Class<T> type, T implementation, Consumer<ServiceConfig<T>> change) {
        ServiceConfig<T> service = new ServiceConfig<>();
        service.setInterface(type);
        service.setRef(implementation);
        change.accept(service);
        bootstrap.service(service);
        return this;
    }

    <T> App provides(Class<T> type, T implementation) {
        return provides(type, implementation, service -> {});
    }

    /** A reference whose proxy can be had after {@link #start}. */
    <T> ReferenceConfig<T> refers(Class<T> type) {
        ReferenceConfig<T> reference = new ReferenceConfig<>();
        reference.setInterface(type);
        reference.setProtocol(protocol);
        reference.setCheck(false);
        reference.setTimeout(TIMEOUT_MILLIS);
        bootstrap.reference(reference);
        return reference;
    }

    App start() {
        bootstrap.getApplicationModel().modelEnvironment().updateAppExternalConfigMap(settings);
        bootstrap.start();
        return this;
    }

    GrayApplication gray() {
        return GrayApplication.of(bootstrap.getApplicationModel());
    }

    /** The hash of the policy in force; null without one. */
    @Nullable
    String policy() {
        PolicyInForce policy = gray().policy();
        return policy == null ? null : policy.policy().hash();
    }

    DubboBootstrap bootstrap() {
        return bootstrap;
    }

    String mode() {
        return mode;
    }

    @Override
    public void close() {
        bootstrap.stop();
        framework.destroy();
    }
}
