package io.grayrelease.nginx.agent;

import java.util.function.Consumer;

import org.apache.curator.framework.CuratorFramework;
import org.jspecify.annotations.Nullable;

import io.grayrelease.nginx.drive.Applied;
import io.grayrelease.zookeeper.Instance;
import io.grayrelease.zookeeper.InstanceNode;

/** Tells the fleet how far an agent is, whenever it changes. Its policy there is the one that Nginx runs on. Not thread-safe. */
final class FleetNode implements Consumer<AgentState>, AutoCloseable {
    /** What agents are called among the applications. */
    static final String APPLICATION = "nginx-agent";

    /** A node is read by all tools; {@code status.json} has the rest. */
    private static final int MAX_ERROR = 1_000;

    private final AgentIdentity agent;
    private final CuratorFramework client;
    private @Nullable InstanceNode node;
    private @Nullable Instance told;

    /** The client is closed by others, after this. */
    FleetNode(AgentIdentity agent, CuratorFramework client) {
        this.agent = agent;
        this.client = client;
    }

    @Override
    public void accept(AgentState state) {
        Instance instance = instance(state);
        if (node == null) {
            node = InstanceNode.keep(client, instance);
        } else if (!instance.equals(told)) {
            node.update(instance);
        }
        told = instance;
    }

    private Instance instance(AgentState state) {
        Applied applied = state.applied();
        return Instance.builder()
                .setApplication(APPLICATION)
                .setAddress(agent.host())
                .setSource(agent.source())
                .runningOn(state.policy())
                .setPolicy(applied == null ? null : applied.policy())
                .setAcceptedAt(state.acceptedAt())
                .setDriver(agent.driver())
                .setRevision(applied == null ? null : applied.revision())
                .setAppliedAt(applied == null ? null : applied.at())
                .setError(error(state.error()))
                .build();
    }

    private static @Nullable String error(@Nullable String error) {
        return error == null || error.length() <= MAX_ERROR ? error : error.substring(0, MAX_ERROR) + "...";
    }

    @Override
    public void close() {
        if (node != null) {
            node.close();
        }
    }
}
