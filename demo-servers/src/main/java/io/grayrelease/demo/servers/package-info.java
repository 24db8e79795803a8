/**
 * Servers that the demo and the tests start: {@link io.grayrelease.demo.servers.ApolloEndpoint}, and an embedded ZooKeeper
 * beside it in {@link io.grayrelease.demo.servers.DemoServers}.
 */
package io.grayrelease.demo.servers;
