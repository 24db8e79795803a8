/**
 * The demo: a fleet of processes and a walk through a release that checks itself. Start reading at
 * {@link io.grayrelease.demo.Demo}; the steps are in {@code Walk}, what must come out of them in {@code Expectations}.
 */
package io.grayrelease.demo;
