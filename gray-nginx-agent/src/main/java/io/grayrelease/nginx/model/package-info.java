/** What one Nginx is to do, whichever way it is told: start at {@link io.grayrelease.nginx.model.EdgeModel}. */
package io.grayrelease.nginx.model;
