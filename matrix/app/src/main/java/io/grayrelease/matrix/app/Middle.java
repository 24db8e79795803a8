package io.grayrelease.matrix.app;

/** The second service of a chain. */
public interface Middle extends Calls {}
