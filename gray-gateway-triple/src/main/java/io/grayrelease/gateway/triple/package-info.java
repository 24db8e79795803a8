/** The edge on a Triple port: start at {@link io.grayrelease.gateway.triple.EdgeHeaderFilter}. */
package io.grayrelease.gateway.triple;
