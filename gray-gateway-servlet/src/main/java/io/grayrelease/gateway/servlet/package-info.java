/** The HTTP entry in a servlet container: start at {@link io.grayrelease.gateway.servlet.GrayServletFilter}. */
package io.grayrelease.gateway.servlet;
