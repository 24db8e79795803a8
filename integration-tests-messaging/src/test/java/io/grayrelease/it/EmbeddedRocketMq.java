package io.grayrelease.it;

import java.nio.file.Path;
import java.time.Duration;

import org.apache.rocketmq.broker.BrokerController;
import org.apache.rocketmq.common.BrokerConfig;
import org.apache.rocketmq.common.MQVersion;
import org.apache.rocketmq.common.TopicConfig;
import org.apache.rocketmq.common.namesrv.NamesrvConfig;
import org.apache.rocketmq.namesrv.NamesrvController;
import org.apache.rocketmq.remoting.netty.NettyClientConfig;
import org.apache.rocketmq.remoting.netty.NettyServerConfig;
import org.apache.rocketmq.store.config.MessageStoreConfig;

import static org.awaitility.Awaitility.await;

/**
 * A name server and a broker in this JVM, on ports of the system's choice. They are not shut down, which would take
 * some twenty seconds, but end with the JVM.
 */
final class EmbeddedRocketMq {
    static {
        // Without it the name server reads the broker's registration as one of an ancient version: with no topics.
        System.setProperty("rocketmq.remoting.version", Integer.toString(MQVersion.CURRENT_VERSION));
    }

    private final NamesrvController nameServer;

    EmbeddedRocketMq(Path folder, String topic) throws Exception {
        NamesrvConfig names = new NamesrvConfig();
        names.setKvConfigPath(folder.resolve("kv.json").toString());
        names.setConfigStorePath(folder.resolve("names.properties").toString());
        nameServer = new NamesrvController(names, anyPort());
        nameServer.initialize();
        nameServer.start();

        BrokerController broker =
                new BrokerController(settings(), anyPort(), new NettyClientConfig(), store(folder.toString()));
        broker.initialize();
        broker.getTopicConfigManager().updateTopicConfig(new TopicConfig(topic, 1, 1));
        broker.start();
        await().atMost(Duration.ofSeconds(20)).until(() -> {
            // The registration at the start is lost, because the connection is not there yet.
            broker.registerBrokerAll(true, false, true);
            return nameServer.getRouteInfoManager().pickupTopicRouteData(topic) != null;
        });
    }

    String address() {
        return "127.0.0.1:" + nameServer.getNettyServerConfig().getListenPort();
    }

    private static NettyServerConfig anyPort() {
        NettyServerConfig server = new NettyServerConfig();
        server.setBindAddress("127.0.0.1");
        server.setListenPort(0);
        return server;
    }

    private BrokerConfig settings() {
        BrokerConfig config = new BrokerConfig();
        config.setNamesrvAddr(address());
        config.setBrokerIP1("127.0.0.1");
        config.setSendMessageThreadPoolNums(1);
        config.setPullMessageThreadPoolNums(2);
        config.setAckMessageThreadPoolNums(1);
        config.setProcessReplyMessageThreadPoolNums(1);
        config.setQueryMessageThreadPoolNums(1);
        config.setAdminBrokerThreadPoolNums(1);
        config.setClientManageThreadPoolNums(2);
        config.setConsumerManageThreadPoolNums(2);
        config.setEndTransactionThreadPoolNums(1);
        return config;
    }

    /** A small one. */
    private static MessageStoreConfig store(String folder) {
        MessageStoreConfig config = new MessageStoreConfig();
        config.setStorePathRootDir(folder);
        config.setStorePathCommitLog(folder + "/commitlog");
        config.setMappedFileSizeCommitLog(16 << 20);
        config.setMappedFileSizeConsumeQueue(200_000);
        config.setMaxIndexNum(10_000);
        config.setMaxHashSlotNum(5_000);
        config.setHaListenPort(0);
        config.setTimerWheelEnable(false);
        config.setDiskMaxUsedSpaceRatio(95);
        return config;
    }
}
