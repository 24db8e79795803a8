/** {@code grayctl explain}: start at {@link io.grayrelease.cli.explain.ExplainCommand}. */
package io.grayrelease.cli.explain;
