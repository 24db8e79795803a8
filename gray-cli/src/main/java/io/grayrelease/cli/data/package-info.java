/** Migrations of data between two stores: where they are, copying, comparing, and going a phase on or back. */
package io.grayrelease.cli.data;
