/** RocketMQ as the way of a migration's events; begin with {@link io.grayrelease.data.rocketmq.RocketMqCarrier}. */
package io.grayrelease.data.rocketmq;
