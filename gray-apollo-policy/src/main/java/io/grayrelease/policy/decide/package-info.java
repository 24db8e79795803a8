/**
 * From a policy and a request to a {@link io.grayrelease.policy.decide.Decision}: start at {@link
 * io.grayrelease.policy.decide.PolicyEvaluator}; which providers it means is {@link
 * io.grayrelease.policy.decide.ServiceRoutes}; why, in words, {@link io.grayrelease.policy.decide.PolicyExplainer}.
 */
package io.grayrelease.policy.decide;
