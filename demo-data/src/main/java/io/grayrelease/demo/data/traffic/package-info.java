/**
 * The consumer of the demo: it reads and writes orders in the name of many users without a pause, and its
 * {@link io.grayrelease.demo.data.traffic.Oracle} knows what must be in the databases.
 */
package io.grayrelease.demo.data.traffic;
