/** Policies from an Apollo namespace: the only package that knows apollo-client. */
package io.grayrelease.policy.source.apollo;
