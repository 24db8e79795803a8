/** The service whose data the demo moves, as its callers see it. */
package io.grayrelease.demo.data.api;
