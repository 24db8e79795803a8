package io.grayrelease.demo;

/**
 * Where the processes of the demo find ZooKeeper and Apollo.
 *
 * @param zooKeeper {@code host:port}
 * @param apollo the URL of the meta server
 * @param appId the Apollo application that the processes are
 * @param namespace the Apollo namespace with the policy
 */
record Servers(String zooKeeper, String apollo, String appId, String namespace) {}
