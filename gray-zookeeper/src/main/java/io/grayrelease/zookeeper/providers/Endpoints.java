package io.grayrelease.zookeeper.providers;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

import org.apache.curator.framework.CuratorFramework;
import org.jspecify.annotations.Nullable;

/** All ports that one application has registered at one moment, from both of Dubbo's layouts. Immutable. */
public final class Endpoints {
    private final List<Endpoint> all;
    private final List<String> unreadable;

    Endpoints(List<Endpoint> all, List<String> unreadable) {
        this.all = Collections.unmodifiableList(new ArrayList<>(all));
        this.unreadable = Collections.unmodifiableList(new ArrayList<>(unreadable));
    }

    /**
     * Reads them.
     *
     * @param service the interface that must be provided there, which may have a version of its own; null: any
     * @throws Exception what Curator says, if ZooKeeper cannot be asked
     */
    public static Endpoints read(CuratorFramework client, String application, @Nullable String service)
            throws Exception {
        return new EndpointsReader(client, application).read(service);
    }

    /** The node below which an interface's providers register, one each. */
    public static String providersOf(String service) {
        return ProvidersReader.ROOT + "/" + service + "/providers";
    }

    /** The node whose children are the interfaces, among others; {@value}. */
    public static final String INTERFACES = ProvidersReader.ROOT;

    public List<Endpoint> all() {
        return all;
    }

    /** Nodes that hold something else: their paths, each with what is wrong. */
    public List<String> unreadable() {
        return unreadable;
    }
}
