package io.grayrelease.benchmarks.rpc;

/** The service that all calls between processes are for. */
public interface Echo {
    /** The version of who answers, a space, and the text. */
    String echo(String text);
}
