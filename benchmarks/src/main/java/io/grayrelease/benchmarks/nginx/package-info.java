/** An Nginx that the agent drives, beside a plain one: start at {@link io.grayrelease.benchmarks.nginx.NginxBench}. */
package io.grayrelease.benchmarks.nginx;
