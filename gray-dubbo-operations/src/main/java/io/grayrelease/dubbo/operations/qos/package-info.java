/** Dubbo's QoS command {@code gray}: start at {@link io.grayrelease.dubbo.operations.qos.GrayCommand}. */
package io.grayrelease.dubbo.operations.qos;
