/** Which servers an upstream has, as ZooKeeper knows them: start at {@link io.grayrelease.nginx.registry.ProviderWatch}. */
package io.grayrelease.nginx.registry;
