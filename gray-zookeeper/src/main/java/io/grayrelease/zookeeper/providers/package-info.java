/**
 * Who provides which service in which version, as Dubbo registered it in ZooKeeper, by interface or by application: start
 * at {@link io.grayrelease.zookeeper.providers.Providers}. Needs Gson.
 */
package io.grayrelease.zookeeper.providers;
