/**
 * Carries the context in messages: {@link io.grayrelease.dubbo.context.messaging.GrayKafka} for Kafka's headers, {@link
 * io.grayrelease.dubbo.context.messaging.GrayRocketMq} for RocketMQ's user properties. Nothing else of ours refers to
 * this package, so a service without the clients never loads it.
 */
package io.grayrelease.dubbo.context.messaging;
