/** The same requests asked of a live Nginx and of the Java evaluator: start at {@link io.grayrelease.nginx.parity.Parity}. */
package io.grayrelease.nginx.parity;
