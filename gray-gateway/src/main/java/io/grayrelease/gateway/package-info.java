/**
 * The HTTP entry, whatever server it stands in: what a request says ({@link io.grayrelease.gateway.HttpHead}), which of it may be
 * believed, and the tag that it goes on with. Start at {@link io.grayrelease.gateway.Entry}.
 */
package io.grayrelease.gateway;
