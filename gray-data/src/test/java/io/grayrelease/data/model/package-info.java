/** The rules of a migration in a few integers, small enough to try every order of its steps. */
package io.grayrelease.data.model;
