/**
 * {@code grayctl diff}: start at {@link io.grayrelease.cli.diff.DiffCommand}. What the words of two policies say is {@link
 * io.grayrelease.cli.diff.Changes}, who moves is {@link io.grayrelease.cli.diff.Movement}.
 */
package io.grayrelease.cli.diff;
