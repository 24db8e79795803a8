/** Writes what one Nginx is to do as its own directives: start at {@link io.grayrelease.nginx.render.NativeRenderer}. */
package io.grayrelease.nginx.render;
