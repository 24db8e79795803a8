package io.grayrelease.data;

import io.grayrelease.data.rocketmq.RocketMqCarrier;
import io.grayrelease.demo.servers.FreePorts;

class RocketMqTest extends QueuePromises {
    private static final String TOPIC = "gray-data";

    private String nameServer;

    @Override
    LiveProcess broker() throws Exception {
        int names = FreePorts.next();
        nameServer = "127.0.0.1:" + names;
        return new LiveJava(
                RocketMqBroker.class.getName(),
                RocketMqBroker.READY,
                Integer.toString(names),
                Integer.toString(FreePorts.next()),
                TOPIC);
    }

    @Override
    Carrier.Factory factory(LiveProcess ofBroker) {
        return RocketMqCarrier.factory(nameServer, TOPIC);
    }
}
