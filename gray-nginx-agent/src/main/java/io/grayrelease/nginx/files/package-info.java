/** Files that survive whatever happens: {@link io.grayrelease.nginx.files.DurableFiles}. */
package io.grayrelease.nginx.files;
