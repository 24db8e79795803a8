/**
 * From text to {@link io.grayrelease.policy.model.GrayPolicy}: start at {@link
 * io.grayrelease.policy.parse.PolicyParser}. The only package that knows how a policy is written.
 */
package io.grayrelease.policy.parse;
