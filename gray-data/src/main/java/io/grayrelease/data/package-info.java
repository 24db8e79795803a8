/**
 * Gray releases that change data: one table in two stores while the release is gray, ordered by one of them. Start reading at
 * {@link io.grayrelease.data.Migration}; {@code Applier} holds the rules by which nothing is lost.
 */
package io.grayrelease.data;
