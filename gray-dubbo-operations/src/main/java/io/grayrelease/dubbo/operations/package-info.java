/** What people see of a service: the QoS command, the metrics, and the process's place in the fleet. */
package io.grayrelease.dubbo.operations;
