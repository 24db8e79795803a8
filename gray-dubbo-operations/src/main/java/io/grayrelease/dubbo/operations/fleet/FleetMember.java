package io.grayrelease.dubbo.operations.fleet;

import org.apache.curator.framework.CuratorFramework;
import org.apache.dubbo.common.resource.Disposable;
import org.apache.dubbo.rpc.model.ApplicationModel;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.grayrelease.dubbo.context.GrayApplication;
import io.grayrelease.zookeeper.InstanceNode;

/**
 * One application of this process among the fleet, if its registry is a ZooKeeper and Curator is there. Thread-safe.
 */
public final class FleetMember implements Disposable {
    private static final Logger LOG = LoggerFactory.getLogger(FleetMember.class);

    private final ApplicationModel model;
    private @Nullable CuratorFramework client;
    private @Nullable InstanceNode node;
    private boolean gone;

    private FleetMember(ApplicationModel model) {
        this.model = model;
        GrayApplication.of(model).repository().listen(status -> refresh());
    }

    /** Shows an application from now on; again, when more of its services are there. Does not wait for ZooKeeper. */
    public static void show(ApplicationModel model) {
        model.getBeanFactory()
                .getOrRegisterBean(FleetMember.class, type -> new FleetMember(model))
                .refresh();
    }

    private synchronized void refresh() {
        if (gone) {
            return;
        }
        if (node != null) {
            node.update(InstanceView.of(model));
        } else {
            join();
        }
    }

    private void join() {
        client = ZooKeeperClient.ofRegistry(model);
        if (client == null) {
            LOG.debug("gray: no registry is a ZooKeeper, the process is not shown among the fleet");
        } else {
            node = InstanceNode.keep(client, InstanceView.of(model));
            LOG.info(
                    "gray: shown among the fleet, in ZooKeeper {}",
                    client.getZookeeperClient().getCurrentConnectionString());
        }
    }

    @Override
    public synchronized void destroy() {
        gone = true;
        if (node != null) {
            node.close();
        }
        if (client != null) {
            client.close();
        }
    }
}
