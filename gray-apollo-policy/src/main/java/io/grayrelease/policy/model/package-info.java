/**
 * What a policy is, as immutable values: start at {@link io.grayrelease.policy.model.GrayPolicy}. Who is gray is a
 * {@link io.grayrelease.policy.model.Rule}, where gray requests go is a {@link io.grayrelease.policy.model.Route}.
 */
package io.grayrelease.policy.model;
