/** The process's place in the fleet: which policy it runs on, for everybody to see in ZooKeeper. */
package io.grayrelease.dubbo.operations.fleet;
