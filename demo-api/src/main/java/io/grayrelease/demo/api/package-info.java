/** The services of the demo: a consumer calls {@link io.grayrelease.demo.api.OrderService}, which calls the stock. */
package io.grayrelease.demo.api;
