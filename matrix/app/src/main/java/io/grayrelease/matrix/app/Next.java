package io.grayrelease.matrix.app;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;

import org.apache.dubbo.config.ReferenceConfig;
import org.apache.dubbo.rpc.service.GenericService;

import io.grayrelease.dubbo.context.GrayContext;

/** The references of a process to the service after it, made when they are first needed. Thread-safe. */
public final class Next {
    static final String[] TYPES = {String.class.getName()};
    private static final int TIMEOUT_MILLIS = 30_000;

    private final Class<? extends Calls> type;
    private final Seen seen;
    private final boolean withGray;
    private final ExecutorService pool = Executors.newCachedThreadPool();
    private final Listener listener = this::calledBack;
    private final Map<String, ReferenceConfig<?>> references = new ConcurrentHashMap<>();
    private final Map<String, Calls> made = new ConcurrentHashMap<>();

    /**
     * For the process of a service.
     *
     * @param service its name, as {@code middle}
     */
    public static Next after(String service, Seen seen, boolean withGray) {
        return new Next(service.equals("entry") ? Middle.class : End.class, seen, withGray);
    }

    private Next(Class<? extends Calls> type, Seen seen, boolean withGray) {
        this.type = type;
        this.seen = seen;
        this.withGray = withGray;
    }

    /** Takes a proxy that was made elsewhere for the plain one of a protocol. */
    public void use(String protocol, Calls plain) {
        made.put(protocol, plain);
    }

    Calls proxy(Task task) {
        return proxy(task, Variant.PLAIN);
    }

    Calls proxy(Task task, Variant variant) {
        Calls ready = variant == Variant.PLAIN ? made.get(task.protocol()) : null;
        return ready != null
                ? ready
                : (Calls) proxy(task.protocol(), variant.name(), () -> reference(task.protocol(), variant));
    }

    GenericService generic(Task task) {
        return (GenericService) proxy(task.protocol(), "generic", () -> genericReference(task.protocol()));
    }

    Calls local() {
        return (Calls) proxy("injvm", "local", () -> {
            ReferenceConfig<Local> reference = new ReferenceConfig<>();
            reference.setInterface(Local.class);
            reference.setScope("local");
            return reference;
        });
    }

    /** What a service gives to {@code CompletableFuture.supplyAsync}; without our jars, the thread of the request. */
    Executor wrappedPool() {
        return withGray ? Wrapping.of(pool) : Runnable::run;
    }

    /** What this process does when it is called back. Dubbo allows one such object per connection. */
    Listener listener() {
        return listener;
    }

    private void calledBack(String text) {
        Task task = Task.parse(text);
        seen.note(task, "listener");
        if (!task.isDone()) {
            task.ways().get(0).go(this, task.rest());
        }
    }

    /** The reference of one provider, whose address is in {@code matrix.direct.<protocol>}. */
    Calls direct(Task task) {
        return (Calls) proxy(task.protocol(), "direct", () -> {
            ReferenceConfig<?> reference = reference(task.protocol());
            // Without a registry nobody tells the consumer what the provider serializes with.
            String serialization = System.getProperty("matrix.serialization");
            reference.setUrl(task.protocol() + "://" + System.getProperty("matrix.direct." + task.protocol())
                    + "?serialization=" + serialization + "&prefer.serialization=" + serialization);
            return reference;
        });
    }

    /** The references that Dubbo makes before this process serves; all others are made when they are first needed. */
    List<ReferenceConfig<?>> early() {
        for (String protocol : List.of("dubbo", "tri")) {
            references.put(protocol + " " + Variant.PLAIN, reference(protocol, Variant.PLAIN));
            references.put(protocol + " generic", genericReference(protocol));
        }
        return List.copyOf(references.values());
    }

    private ReferenceConfig<?> genericReference(String protocol) {
        ReferenceConfig<?> reference = reference(protocol);
        reference.setGeneric("true");
        return reference;
    }

    private ReferenceConfig<?> reference(String protocol, Variant variant) {
        ReferenceConfig<?> reference = reference(protocol);
        variant.apply(reference);
        return reference;
    }

    private ReferenceConfig<?> reference(String protocol) {
        ReferenceConfig<Calls> reference = new ReferenceConfig<>();
        reference.setInterface(type);
        reference.setProtocol(protocol);
        reference.setTimeout(TIMEOUT_MILLIS);
        reference.setRetries(Integer.getInteger("matrix.retries", 0));
        reference.setCheck(false);
        reference.setRegistryIds("east");
        return reference;
    }

    private Object proxy(String protocol, String variant, Supplier<ReferenceConfig<?>> reference) {
        return references
                .computeIfAbsent(protocol + " " + variant, key -> reference.get())
                .get();
    }

    /** Loaded only where our jars are. */
    private static final class Wrapping {
        static Executor of(ExecutorService pool) {
            return GrayContext.wrap(pool);
        }
    }
}
