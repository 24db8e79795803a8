/** Kafka as the way of a migration's events; begin with {@link io.grayrelease.data.kafka.KafkaCarrier}. */
package io.grayrelease.data.kafka;
