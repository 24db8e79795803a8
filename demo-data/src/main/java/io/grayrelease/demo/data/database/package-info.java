/**
 * Real databases for the demo, from a jar: {@link io.grayrelease.demo.data.database.DemoDatabases} starts two servers, and takes
 * them with it when it ends.
 */
package io.grayrelease.demo.data.database;
