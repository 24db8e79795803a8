/** Gray releases in a Spring Boot application: one dependency, and the properties {@code gray.*}. */
package io.grayrelease.spring;
