package io.grayrelease.demo.provider;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;

import org.apache.dubbo.config.ApplicationConfig;
import org.apache.dubbo.config.ProtocolConfig;
import org.apache.dubbo.config.ReferenceConfig;
import org.apache.dubbo.config.RegistryConfig;
import org.apache.dubbo.config.ServiceConfig;
import org.apache.dubbo.config.bootstrap.DubboBootstrap;
import org.apache.dubbo.rpc.model.ApplicationModel;

/** The one Dubbo application of a process of the demo, set up as any service would be. */
public final class DubboProcess {
    /** Nothing here takes longer than a call that waits for a connection. */
    private static final int TIMEOUT_MILLIS = 3_000;

    private final DubboBootstrap bootstrap = DubboBootstrap.getInstance();

    private DubboProcess(String application, String zooKeeper) {
        ApplicationConfig config = new ApplicationConfig(application);
        config.setQosEnable(false);
        config.setEnableFileCache(false);
        config.setRegisterMode("instance");
        RegistryConfig registry = new RegistryConfig("zookeeper://" + zooKeeper);
        registry.setRegisterMode("instance");
        registry.setUseAsMetadataCenter(true);
        registry.setUseAsConfigCenter(false);
        bootstrap.application(config).registry(registry);
    }

    /** An application that registers in a ZooKeeper, {@code host:port}. */
    public static DubboProcess of(String application, String zooKeeper) {
        return new DubboProcess(application, zooKeeper);
    }

    /** Serves an interface on a free port. */
    public <T> DubboProcess provides(Class<T> type, T implementation) {
        ServiceConfig<T> service = new ServiceConfig<>();
        service.setInterface(type);
        service.setRef(implementation);
        bootstrap.protocol(new ProtocolConfig("dubbo", freePort())).service(service);
        return this;
    }

    /** A reference whose proxy can be had once the process has started. */
    public <T> ReferenceConfig<T> refers(Class<T> type) {
        ReferenceConfig<T> reference = new ReferenceConfig<>();
        reference.setInterface(type);
        reference.setProtocol("dubbo");
        reference.setCheck(false);
        reference.setTimeout(TIMEOUT_MILLIS);
        bootstrap.reference(reference);
        return reference;
    }

    public DubboProcess start() {
        bootstrap.start();
        return this;
    }

    public ApplicationModel model() {
        return bootstrap.getApplicationModel();
    }

    public void stop() {
        bootstrap.stop();
    }

    /** Dubbo's own choice of a port starts at 20880, where other applications of the machine may be. */
    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
