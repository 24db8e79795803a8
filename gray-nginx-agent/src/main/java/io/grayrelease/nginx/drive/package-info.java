/** Brings what Nginx is to do into force, and knows whether it is: start at {@link io.grayrelease.nginx.drive.NginxDriver}. */
package io.grayrelease.nginx.drive;
