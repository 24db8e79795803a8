package io.grayrelease.benchmarks;

/** The service that all calls are for. */
interface EchoService {
    String echo(String text);
}
