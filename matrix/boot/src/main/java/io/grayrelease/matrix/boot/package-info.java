/** The service of the matrix set up by Spring Boot. Start reading at {@link io.grayrelease.matrix.boot.BootApp}. */
package io.grayrelease.matrix.boot;
