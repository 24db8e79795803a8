/**
 * The command line for operators: start at {@link io.grayrelease.cli.GrayCtl}. A command reads places, makes a {@link
 * io.grayrelease.cli.Report} and hands it to {@link io.grayrelease.cli.Output}.
 */
package io.grayrelease.cli;
