package io.grayrelease.data;

import io.grayrelease.data.kafka.KafkaCarrier;

class KafkaTest extends QueuePromises {
    private static final String TOPIC = "gray-data";

    private String address;

    @Override
    LiveProcess broker() throws Exception {
        int port = LiveJava.freePort();
        address = "127.0.0.1:" + port;
        return new LiveJava(
                KafkaBroker.class.getName(),
                KafkaBroker.READY,
                Integer.toString(port),
                Integer.toString(LiveJava.freePort()),
                TOPIC);
    }

    @Override
    Carrier.Factory factory(LiveProcess ofBroker) {
        return KafkaCarrier.factory(address, TOPIC);
    }
}
