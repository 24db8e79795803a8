/** Chains of service processes. Start reading at {@link io.grayrelease.matrix.driver.Fleet}. */
package io.grayrelease.matrix.driver;
