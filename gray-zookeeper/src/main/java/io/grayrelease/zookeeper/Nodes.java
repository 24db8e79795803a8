package io.grayrelease.zookeeper;

import java.util.Collections;
import java.util.List;

import org.apache.curator.framework.CuratorFramework;
import org.apache.zookeeper.KeeperException;
import org.jspecify.annotations.Nullable;

/** Reads nodes that may go at any moment, with the process that they stand for. */
public final class Nodes {
    private Nodes() {}

    /** The names of a node's children; none if there is no such node. */
    public static List<String> children(CuratorFramework client, String path) throws Exception {
        try {
            return client.getChildren().forPath(path);
        } catch (KeeperException.NoNodeException e) {
            return Collections.emptyList();
        }
    }

    /** What a node holds; null if there is no such node. */
    public static byte @Nullable [] data(CuratorFramework client, String path) throws Exception {
        try {
            return client.getData().forPath(path);
        } catch (KeeperException.NoNodeException e) {
            return null;
        }
    }
}
