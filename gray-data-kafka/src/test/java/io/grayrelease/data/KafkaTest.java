package io.grayrelease.data;

import io.grayrelease.data.kafka.KafkaCarrier;
import io.grayrelease.demo.servers.FreePorts;

class KafkaTest extends QueuePromises {
    private static final String TOPIC = "gray-data";

    private String address;

    @Override
    LiveProcess broker() throws Exception {
        int port = FreePorts.next();
        address = "127.0.0.1:" + port;
        return new LiveJava(
                KafkaBroker.class.getName(),
                KafkaBroker.READY,
                Integer.toString(port),
                Integer.toString(FreePorts.next()),
                TOPIC);
    }

    @Override
    Carrier.Factory factory(LiveProcess ofBroker) {
        return KafkaCarrier.factory(address, TOPIC);
    }
}
