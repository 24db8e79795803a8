/** Apollo's portal: reading, publishing and rolling back a namespace through its OpenAPI. */
package io.grayrelease.cli.portal;
