/**
 * What a call carries and where a service finds its policy. Application code needs {@link
 * io.grayrelease.dubbo.context.GrayContext} only; the filter and the router start at {@link
 * io.grayrelease.dubbo.context.GrayApplication}.
 */
package io.grayrelease.dubbo.context;
