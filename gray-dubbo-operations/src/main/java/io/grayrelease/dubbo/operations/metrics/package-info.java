/** Counts what calls and policies come to, for the registries of Micrometer that the service has. */
package io.grayrelease.dubbo.operations.metrics;
