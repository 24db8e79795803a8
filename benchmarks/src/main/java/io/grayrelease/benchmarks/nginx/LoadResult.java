package io.grayrelease.benchmarks.nginx;

/**
 * What became of the requests of one load. Immutable.
 *
 * @param requests that were answered
 * @param failed that were answered with another status than 2xx or 3xx, or not at all
 * @param seconds for which requests were sent
 * @param p99Millis time from a request to its answer
 */
record LoadResult(long requests, long failed, double seconds, double p99Millis) {
    double perSecond() {
        return requests / seconds;
    }
}
