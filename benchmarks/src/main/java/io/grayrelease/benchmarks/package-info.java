/**
 * Benchmarks (JMH) of what is on the call path, and {@link io.grayrelease.benchmarks.Report}, which writes their results
 * into {@code docs}. Run by {@code scripts/bench.sh}.
 */
package io.grayrelease.benchmarks;
