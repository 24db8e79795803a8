package io.grayrelease.zookeeper;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;

import org.apache.curator.framework.CuratorFramework;

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
        for (String name : Nodes.children(client, InstanceNode.PARENT)) {
            byte[] data = Nodes.data(client, InstanceNode.PARENT + "/" + name);
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

    public List<Instance> all() {
        return all;
    }

    /** Nodes that hold something else: their names, each with what is wrong. */
    public List<String> unreadable() {
        return unreadable;
    }
}
