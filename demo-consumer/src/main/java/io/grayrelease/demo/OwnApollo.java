package io.grayrelease.demo;

import java.time.Duration;

/** The user's own Apollo: only its portal can publish there, so the user is asked to. */
final class OwnApollo implements Publisher {
    private final Report report;
    private final String namespace;

    OwnApollo(Report report, String namespace) {
        this.report = report;
        this.namespace = namespace;
    }

    @Override
    public void publish(Policy policy) {
        report.note("");
        report.note("Please make these keys, and no other gray.* key, the content of namespace " + namespace
                + " and publish it. Waiting until every process has read it, for "
                + patience().toMinutes()
                + " minutes at most.");
    }

    @Override
    public Duration patience() {
        return Duration.ofMinutes(15);
    }
}
