/**
 * Which process runs on which policy: every process keeps an {@link io.grayrelease.zookeeper.Instance} in a node of its own
 * ({@link io.grayrelease.zookeeper.InstanceNode}), and tools read them all ({@link io.grayrelease.zookeeper.Instances}).
 */
package io.grayrelease.zookeeper;
