package io.grayrelease.zookeeper;

import java.io.Closeable;
import java.io.IOException;
import java.io.UnsupportedEncodingException;
import java.net.URLEncoder;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;

import org.apache.curator.framework.CuratorFramework;
import org.apache.curator.framework.recipes.nodes.PersistentNode;
import org.apache.zookeeper.CreateMode;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * This process among {@code /gray/instances}: there as long as the process is, again after a lost session. Nothing here
 * waits for ZooKeeper or throws because of it. Thread-safe.
 */
public final class InstanceNode implements Closeable {
    /** The node whose children are the instances; {@value}. */
    public static final String PARENT = "/gray/instances";

    private static final Logger LOG = LoggerFactory.getLogger(InstanceNode.class);
    private static final long PATIENCE_MILLIS = 2_000;

    private final PersistentNode node;
    private final AtomicReference<@Nullable Instance> unwritten = new AtomicReference<>();

    private InstanceNode(PersistentNode node) {
        this.node = node;
    }

    /** Keeps an instance in a node of its own, through a client that is started and outlives it. */
    public static InstanceNode keep(CuratorFramework client, Instance instance) {
        // Not host and process: in containers both are often those of the process before, whose node may still be
        // there.
        String name = encoded(instance.application()) + "-" + UUID.randomUUID();
        PersistentNode node = new PersistentNode(
                client, CreateMode.EPHEMERAL, false, PARENT + "/" + name, InstanceText.write(instance));
        InstanceNode kept = new InstanceNode(node);
        node.getListenable().addListener(path -> kept.write());
        node.start();
        return kept;
    }

    private static String encoded(String application) {
        try {
            return URLEncoder.encode(application, "UTF-8");
        } catch (UnsupportedEncodingException e) {
            throw new IllegalStateException("every Java has UTF-8", e);
        }
    }

    /** Says what the process runs on now. */
    public void update(Instance instance) {
        unwritten.set(instance);
        write();
    }

    /** Before its node is there, an update waits for it: Curator takes none yet. */
    private synchronized void write() {
        Instance instance = unwritten.get();
        if (instance == null || node.getActualPath() == null) {
            return;
        }
        try {
            node.setData(InstanceText.write(instance));
            unwritten.compareAndSet(instance, null);
        } catch (Exception e) {
            LOG.warn("gray: the fleet is not told of the policy in force: {}", e.toString());
        }
    }

    /**
     * Takes the node away, and waits a moment for it at most: where ZooKeeper is away, the node goes with the session. Must come
     * before the client is closed: Curator would try for ever to write through a closed client.
     */
    @Override
    public void close() {
        Thread closing = new Thread(this::closeNode, "gray-instance-close");
        closing.setDaemon(true);
        closing.start();
        try {
            closing.join(PATIENCE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void closeNode() {
        try {
            node.close();
        } catch (IOException e) {
            LOG.debug("gray: the node goes with the session", e);
        }
    }
}
