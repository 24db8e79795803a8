/** The HTTP entry in Spring WebFlux: start at {@link io.grayrelease.gateway.webflux.GrayWebFilter}. */
package io.grayrelease.gateway.webflux;
