/**
 * What looks wrong in a valid policy: start at {@link io.grayrelease.policy.check.PolicyChecker}. It knows nothing of the
 * text form but the keys that its warnings name.
 */
package io.grayrelease.policy.check;
