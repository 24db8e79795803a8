/**
 * From tags to a version to the providers of that version. Start at {@link io.grayrelease.dubbo.router.GrayStateRouter}:
 * it narrows the list of a call by the {@link io.grayrelease.dubbo.router.RoutingTable} of the list and the policy.
 */
package io.grayrelease.dubbo.router;
