/**
 * Whole calls between processes, with our jars and without them, and what a process pays for having them. Start reading at
 * {@link io.grayrelease.benchmarks.rpc.RpcDriver}.
 */
package io.grayrelease.benchmarks.rpc;
