package io.grayrelease.matrix.app;

/** The last service of a chain. */
public interface End extends Calls {}
