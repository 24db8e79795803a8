/**
 * The demo of a release whose new version needs new columns. Start reading at {@link io.grayrelease.demo.data.DataDemo}; the steps
 * are in {@code DataWalk}, the service in {@link io.grayrelease.demo.data.service}, and what must be in the databases is known by
 * {@link io.grayrelease.demo.data.traffic}.
 */
package io.grayrelease.demo.data;
