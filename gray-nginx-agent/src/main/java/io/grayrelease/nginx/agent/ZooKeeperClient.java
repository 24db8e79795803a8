package io.grayrelease.nginx.agent;

import org.apache.curator.framework.CuratorFramework;
import org.apache.curator.framework.CuratorFrameworkFactory;
import org.apache.curator.retry.RetryNTimes;

/** Makes a client of ZooKeeper whose single questions are given up soon: who asks will ask again. */
final class ZooKeeperClient {
    /** How long the node of an agent that was killed stays. */
    private static final int SESSION_MILLIS = 15_000;

    private static final int CONNECTION_MILLIS = 5_000;
    private static final int RETRY_MILLIS = 500;

    private ZooKeeperClient() {}

    /** A client, started; does not wait. */
    static CuratorFramework start(String address) {
        CuratorFramework client = CuratorFrameworkFactory.builder()
                .connectString(address)
                .sessionTimeoutMs(SESSION_MILLIS)
                .connectionTimeoutMs(CONNECTION_MILLIS)
                .retryPolicy(new RetryNTimes(2, RETRY_MILLIS))
                .ensembleTracker(false) // the addresses that people gave are those that can be reached from here
                .build();
        client.start();
        return client;
    }
}
