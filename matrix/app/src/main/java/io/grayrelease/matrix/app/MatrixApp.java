package io.grayrelease.matrix.app;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.function.Consumer;

import org.apache.dubbo.config.ApplicationConfig;
import org.apache.dubbo.config.ArgumentConfig;
import org.apache.dubbo.config.MethodConfig;
import org.apache.dubbo.config.ProtocolConfig;
import org.apache.dubbo.config.RegistryConfig;
import org.apache.dubbo.config.ServiceConfig;
import org.apache.dubbo.config.bootstrap.DubboBootstrap;
import org.slf4j.LoggerFactory;

/** A process of the matrix: one Dubbo application, set up through Dubbo's API, with a {@link Control} port. */
public final class MatrixApp {
    private final Settings settings;
    private final DubboBootstrap bootstrap = DubboBootstrap.getInstance();

    private MatrixApp(Settings settings) {
        this.settings = settings;
    }

    public static void main(String[] arguments) throws IOException {
        try {
            Settings settings = Settings.read();
            Seen seen = new Seen(settings.process(), settings.withGray());
            Next next = Next.after(settings.name(), seen, settings.withGray());
            new MatrixApp(settings).start(new Served(seen, settings.process(), next), seen, next);
            Control control = Control.start(seen, next, settings.withGray());
            control.sayReady();
            control.awaitEndOfInput();
        } catch (RuntimeException | Error e) {
            LoggerFactory.getLogger(MatrixApp.class).error("not started", e);
        }
        Runtime.getRuntime().halt(0); // Dubbo's threads would outlive a failed start
    }

    private void start(Served served, Seen seen, Next next) {
        ApplicationConfig application = new ApplicationConfig(settings.name() + "-app");
        application.setQosPort(Integer.getInteger("matrix.port.qos"));
        application.setEnableFileCache(false);
        application.setRegisterMode(settings.mode());
        if (!settings.withGray()) {
            application.setVersion(settings.version());
        }
        bootstrap.application(application).registries(List.of(registry("east"), registry("west")));
        bootstrap.protocols(List.of(protocol("dubbo"), protocol("tri")));
        provide(Local.class, new Served(seen, settings.name() + " local", next), service -> service.setScope("local"));
        switch (settings.name()) {
            case "middle" -> provideAll(Middle.class, served);
            case "end" -> provideAll(End.class, served);
            default -> {}
        }
        if (!settings.name().equals("end")) {
            next.early().forEach(bootstrap::reference);
        }
        bootstrap.start();
    }

    private <T extends Calls> void provideAll(Class<T> type, Served served) {
        provide(type, served, service -> {});
        provide(type, served, service -> {
            service.setGroup("versioned");
            service.setVersion(settings.version());
        });
        provide(type, served, service -> service.setGroup("east"));
        provide(type, served, service -> service.setGroup("west"));
        provide(type, served, service -> service.setGroup("lone"));
        provide(type, served, service -> {
            service.setGroup("executor");
            OwnExecutor.setOn(service);
        });
        if (settings.withRest()) {
            WithRest.provide(served, bootstrap);
        }
    }

    private <T extends Calls> void provide(Class<T> type, Served served, Consumer<ServiceConfig<T>> change) {
        ServiceConfig<T> service = new ServiceConfig<>();
        service.setInterface(type);
        service.setRef(type.cast(served));
        service.setMethods(List.of(listen()));
        change.accept(service);
        bootstrap.service(service);
    }

    private static MethodConfig listen() {
        ArgumentConfig listener = new ArgumentConfig();
        listener.setIndex(1);
        listener.setCallback(true);
        MethodConfig method = new MethodConfig();
        method.setName("listen");
        method.setArguments(List.of(listener));
        return method;
    }

    private RegistryConfig registry(String zone) {
        RegistryConfig registry = new RegistryConfig("zookeeper://" + settings.zooKeeper());
        registry.setId(zone);
        registry.setZone(zone);
        registry.setGroup(zone);
        registry.setRegisterMode(settings.mode());
        registry.setUseAsMetadataCenter(zone.equals("east"));
        registry.setUseAsConfigCenter(false);
        return registry;
    }

    private ProtocolConfig protocol(String name) {
        ProtocolConfig protocol = new ProtocolConfig(name, Integer.getInteger("matrix.port." + name));
        protocol.setId(name);
        protocol.setSerialization(settings.serialization());
        return protocol;
    }

    /** Loaded only on Dubbo 3.3. */
    private static final class WithRest {
        static void provide(Served served, DubboBootstrap bootstrap) {
            ServiceConfig<Rest> service = new ServiceConfig<>();
            service.setInterface(Rest.class);
            service.setRef(new RestServed(served));
            service.setProtocolIds("tri");
            bootstrap.service(service);
        }
    }

    /** {@code @DubboService(executor)}; Dubbo 3.1 has no such thing. */
    private static final class OwnExecutor {
        static void setOn(ServiceConfig<?> service) {
            try {
                service.setExecutor(Executors.newFixedThreadPool(2));
            } catch (NoSuchMethodError e) {
                // 3.1: the row says so
            }
        }
    }
}
