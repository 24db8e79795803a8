package io.grayrelease.zookeeper;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;

import org.apache.curator.framework.CuratorFramework;
import org.apache.zookeeper.KeeperException;
import org.jspecify.annotations.Nullable;

/** All instances at one moment, by application and address. Immutable. */
public final class Instances {
    private static final Comparator<Instance> ORDER =
            Comparator.comparing(Instance::application).thenComparing(Instance::address);

    private final List<Instance> all;
    private final List<String> unreadable;

    private Instances(List<Instance> all, List<String> unreadable) {
        this.all = Collections.unmodifiableList(all);
        this.unreadable = Collections.unmodifiableList(unreadable);
    }

    /**
     * Reads them.
     *
     * @throws Exception what Curator says, if ZooKeeper cannot be asked
     */
    public static Instances read(CuratorFramework client) throws Exception {
        List<Instance> all = new ArrayList<>();
        List<String> unreadable = new ArrayList<>();
        for (String name : names(client)) {
            byte[] data = data(client, name);
            if (data == null) {
                continue; // it has just ended
            }
            try {
                all.add(InstanceText.read(data));
            } catch (IllegalArgumentException e) {
                unreadable.add(name + ": " + e.getMessage());
            }
        }
        all.sort(ORDER);
        return new Instances(all, unreadable);
    }

    private static List<String> names(CuratorFramework client) throws Exception {
        try {
            return client.getChildren().forPath(InstanceNode.PARENT);
        } catch (KeeperException.NoNodeException e) {
            return Collections.emptyList();
        }
    }

    private static byte @Nullable [] data(CuratorFramework client, String name) throws Exception {
        try {
            return client.getData().forPath(InstanceNode.PARENT + "/" + name);
        } catch (KeeperException.NoNodeException e) {
            return null;
        }
    }

    public List<Instance> all() {
        return all;
    }

    /** Nodes that hold something else: their names, each with what is wrong. */
    public List<String> unreadable() {
        return unreadable;
    }
}
