package io.grayrelease.cli.ramp;

/**
 * What was measured of one version over the same time. A figure that is not known is NaN.
 *
 * @param requests how many
 * @param errors how many of them failed
 * @param p99Millis the 99th percentile of their time
 */
record Figures(double requests, double errors, double p99Millis) {
    /** The part of the requests that failed, 0..1; NaN if it cannot be known. */
    double errorRate() {
        return errors / requests;
    }
}
