/** {@code grayctl check}: start at {@link io.grayrelease.cli.check.CheckCommand}. */
package io.grayrelease.cli.check;
