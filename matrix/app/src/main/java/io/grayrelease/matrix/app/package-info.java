/**
 * The service of the matrix. {@link io.grayrelease.matrix.app.MatrixApp} is a process of it, {@link
 * io.grayrelease.matrix.app.Way} the ways in which it calls the next one.
 */
package io.grayrelease.matrix.app;
