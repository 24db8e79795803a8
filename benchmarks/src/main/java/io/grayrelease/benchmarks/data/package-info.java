/** What two stores cost, and what they lose; {@link io.grayrelease.benchmarks.data.DataBench} runs it. */
package io.grayrelease.benchmarks.data;
