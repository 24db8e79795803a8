/**
 * At the entry: decide; on every hop: carry. Start at {@link io.grayrelease.dubbo.filter.GrayConsumerFilter} for calls
 * that this service makes, at {@link io.grayrelease.dubbo.filter.GrayProviderFilter} for those that it serves.
 */
package io.grayrelease.dubbo.filter;
