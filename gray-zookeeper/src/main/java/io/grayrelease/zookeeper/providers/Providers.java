package io.grayrelease.zookeeper.providers;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

import org.apache.curator.framework.CuratorFramework;

/** All providers that ZooKeeper has at one moment, by service, application, version and address. Immutable. */
public final class Providers {
    private final List<Provider> all;
    private final List<String> unreadable;

    Providers(List<Provider> all, List<String> unreadable) {
        List<Provider> sorted = new ArrayList<>(all);
        sorted.sort(Provider.ORDER);
        this.all = Collections.unmodifiableList(sorted);
        this.unreadable = Collections.unmodifiableList(new ArrayList<>(unreadable));
    }

    /**
     * Reads them, from both of Dubbo's layouts; a process that registered in both counts once per service.
     *
     * @throws Exception what Curator says, if ZooKeeper cannot be asked
     */
    public static Providers read(CuratorFramework client) throws Exception {
        return new ProvidersReader(client).read();
    }

    public List<Provider> all() {
        return all;
    }

    /** Nodes that hold something else: their paths, each with what is wrong. */
    public List<String> unreadable() {
        return unreadable;
    }
}
