/**
 * The services of the demo and the process that they run in. Start reading at
 * {@link io.grayrelease.demo.provider.DemoProvider}; {@code Orders} and {@code Stock} are all that a service developer
 * writes.
 */
package io.grayrelease.demo.provider;
