package io.grayrelease.matrix.app;

/** A service that its own process calls, without a network. */
public interface Local extends Calls {}
