/**
 * Where policies come from and which one is in force: start at {@link
 * io.grayrelease.policy.source.PolicyRepository}.
 */
package io.grayrelease.policy.source;
