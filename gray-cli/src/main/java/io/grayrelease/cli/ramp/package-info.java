/** Raising the percentage of a rule step by step, as long as a guard has nothing against it. */
package io.grayrelease.cli.ramp;
