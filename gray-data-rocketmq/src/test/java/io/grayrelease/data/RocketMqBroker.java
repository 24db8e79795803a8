package io.grayrelease.data;

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

/** The process of a name server and a broker: a folder, two ports and a topic. It says when it is ready, and does not end. */
final class RocketMqBroker {
    static final String READY = "the broker is ready";

    private RocketMqBroker() {}

    public static void main(String[] arguments) throws Exception {
        // Without it the name server reads the broker's registration as one of an ancient version: with no topics.
        System.setProperty("rocketmq.remoting.version", Integer.toString(MQVersion.CURRENT_VERSION));
        Path folder = Path.of(arguments[0]);
        int namesPort = Integer.parseInt(arguments[1]);
        String topic = arguments[3];
        NamesrvConfig names = new NamesrvConfig();
        names.setKvConfigPath(folder.resolve("kv.json").toString());
        names.setConfigStorePath(folder.resolve("names.properties").toString());
        NamesrvController nameServer = new NamesrvController(names, on(namesPort));
        nameServer.initialize();
        nameServer.start();

        BrokerController broker = new BrokerController(
                settings(namesPort),
                on(Integer.parseInt(arguments[2])),
                new NettyClientConfig(),
                store(folder.resolve("store").toString()));
        broker.initialize();
        broker.getTopicConfigManager().updateTopicConfig(new TopicConfig(topic, 4, 4));
        broker.start();
        await().atMost(Duration.ofSeconds(40)).until(() -> {
            // The registration at the start is lost, because the connection is not there yet.
            broker.registerBrokerAll(true, false, true);
            return nameServer.getRouteInfoManager().pickupTopicRouteData(topic) != null;
        });
        System.out.println(READY);
    }

    private static NettyServerConfig on(int port) {
        NettyServerConfig server = new NettyServerConfig();
        server.setBindAddress("127.0.0.1");
        server.setListenPort(port);
        return server;
    }

    private static BrokerConfig settings(int namesPort) {
        BrokerConfig config = new BrokerConfig();
        config.setNamesrvAddr("127.0.0.1:" + namesPort);
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
