package io.grayrelease.matrix.app;

import java.util.List;
import java.util.function.Consumer;

import org.apache.dubbo.config.MethodConfig;
import org.apache.dubbo.config.ReferenceConfig;

/** How a reference is configured. */
enum Variant {
    PLAIN(reference -> {}),
    ONEWAY(reference -> reference.setMethods(List.of(method("call", method -> method.setReturn(false))))),
    CALLBACK(reference -> {}),
    FAILOVER(reference -> {
        reference.setCluster("failover");
        reference.setRetries(2);
        reference.setTimeout(Served.patience(reference.getInterface()));
    }),
    FAILFAST(reference -> reference.setCluster("failfast")),
    FAILSAFE(reference -> reference.setCluster("failsafe")),
    FAILBACK(reference -> {
        reference.setCluster("failback");
        reference.setRetries(2);
        reference.setTimeout(Served.patience(reference.getInterface()));
    }),
    FORKING(reference -> reference.setCluster("forking")),
    BROADCAST(reference -> reference.setCluster("broadcast")),
    AVAILABLE(reference -> reference.setCluster("available")),
    MERGEABLE(reference -> {
        reference.setCluster("mergeable");
        reference.setGroup("east,west");
        reference.setMethods(List.of(method("call", method -> method.setMerger(".concat"))));
    }),
    MOCK(reference -> reference.setMock("fail:return mocked")),
    FORCED_MOCK(reference -> reference.setMock("force:return mocked")),
    STUB(reference -> reference.setStub(CallsStub.class.getName())),
    ANY_VERSION(reference -> {
        reference.setGroup("versioned");
        reference.setVersion("*");
    }),
    VERSION_LIST(reference -> {
        reference.setGroup("versioned");
        reference.setVersion("1.0.0,2.0.0");
    }),
    GROUP(reference -> reference.setGroup("east")),
    GROUP_LIST(reference -> reference.setGroup("east,west")),
    ANY_GROUP(reference -> reference.setGroup("*")),
    LONE_GROUP(reference -> reference.setGroup("lone,nobody")),
    REGISTRIES(reference -> reference.setRegistryIds("east,west")),
    EXECUTOR(reference -> reference.setGroup("executor"));

    @SuppressWarnings("ImmutableEnumChecker") // a lambda that captures nothing
    private final Consumer<ReferenceConfig<?>> change;

    Variant(Consumer<ReferenceConfig<?>> change) {
        this.change = change;
    }

    void apply(ReferenceConfig<?> reference) {
        change.accept(reference);
    }

    private static MethodConfig method(String name, Consumer<MethodConfig> change) {
        MethodConfig method = new MethodConfig();
        method.setName(name);
        change.accept(method);
        return method;
    }
}
