/**
 * What ZooKeeper tells of running processes: {@code grayctl status} starts at {@link io.grayrelease.cli.fleet.StatusCommand}, and
 * other commands wait for a policy to arrive with {@link io.grayrelease.cli.fleet.Arrival}.
 */
package io.grayrelease.cli.fleet;
