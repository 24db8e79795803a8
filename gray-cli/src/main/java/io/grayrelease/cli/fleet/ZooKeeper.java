package io.grayrelease.cli.fleet;

import java.util.concurrent.TimeUnit;

import org.apache.curator.framework.CuratorFramework;
import org.apache.curator.framework.CuratorFrameworkFactory;
import org.apache.curator.retry.RetryOneTime;

import io.grayrelease.cli.text.UnreadableException;
import io.grayrelease.zookeeper.Instances;
import io.grayrelease.zookeeper.providers.Providers;

/** A ZooKeeper that answers within seconds or not at all. */
public final class ZooKeeper implements AutoCloseable {
    private static final int PATIENCE_SECONDS = 5;
    private static final int SESSION_MILLIS = 10_000;
    private static final int CONNECTION_MILLIS = 3_000;
    private static final int RETRY_MILLIS = 200;

    private final ZooKeeperPlace place;
    private final CuratorFramework client;

    private ZooKeeper(ZooKeeperPlace place, CuratorFramework client) {
        this.place = place;
        this.client = client;
    }

    /**
     * Connects.
     *
     * @throws UnreadableException if that takes too long
     */
    public static ZooKeeper connect(ZooKeeperPlace place) throws UnreadableException {
        CuratorFramework client = CuratorFrameworkFactory.builder()
                .connectString(place.address())
                .sessionTimeoutMs(SESSION_MILLIS)
                .connectionTimeoutMs(CONNECTION_MILLIS)
                .retryPolicy(new RetryOneTime(RETRY_MILLIS))
                .ensembleTracker(false) // the addresses that people gave are those that they can reach
                .build();
        client.start();
        if (!isConnected(client)) {
            client.close();
            throw new UnreadableException(
                    name(place),
                    "no connection within " + PATIENCE_SECONDS + " s, is it running and reachable from here?");
        }
        return new ZooKeeper(place, client);
    }

    private static boolean isConnected(CuratorFramework client) {
        try {
            return client.blockUntilConnected(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static String name(ZooKeeperPlace place) {
        return "ZooKeeper at " + place.address();
    }

    /** Which process runs on which policy. */
    public Instances instances() throws UnreadableException {
        return ask(Instances::read);
    }

    /** Who provides which service. */
    public Providers providers() throws UnreadableException {
        return ask(Providers::read);
    }

    /** How far a policy has come by now. */
    public Arrival arrival(String hash) throws UnreadableException {
        return Arrival.of(hash, instances(), 0);
    }

    private <T> T ask(Question<T> question) throws UnreadableException {
        try {
            return question.ask(client);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UnreadableException(name(place), "interrupted", e);
        } catch (Exception e) {
            throw new UnreadableException(name(place), e.toString(), e);
        }
    }

    @Override
    public void close() {
        client.close();
    }

    /** Something to ask a client. */
    private interface Question<T> {
        T ask(CuratorFramework client) throws Exception;
    }
}
