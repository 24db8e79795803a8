package io.grayrelease.cli.fleet;

import java.time.Instant;
import java.util.List;

import org.jspecify.annotations.Nullable;

import io.grayrelease.cli.fleet.Fleet.Member;
import io.grayrelease.cli.fleet.StatusReport.ServiceVersion;
import io.grayrelease.zookeeper.Instance;

/** A {@link StatusReport} for programs. */
record StatusJson(
        boolean settled,
        List<Policy> policies,
        List<Row> instances,
        List<ServiceVersion> providers,
        List<String> unreadable) {
    private record Policy(String policy, int processes, String accepted) {}

    private record Row(
            String application,
            String address,
            @Nullable String version,
            String source,
            String status,
            @Nullable String policy,
            @Nullable String accepted,
            @Nullable String behindSince,
            @Nullable String rejected,
            @Nullable String rejectedAt,
            List<String> problems,
            @Nullable String driver,
            @Nullable Long revision,
            @Nullable String applied,
            @Nullable String error) {}

    static StatusJson of(StatusReport report) {
        return new StatusJson(
                report.fleet().isSettled(),
                report.fleet().policies().stream()
                        .map(policy -> new Policy(
                                policy.hash(),
                                policy.processes(),
                                policy.accepted().toString()))
                        .toList(),
                report.fleet().members().stream().map(StatusJson::process).toList(),
                report.providers(),
                report.unreadable());
    }

    private static Row process(Member member) {
        Instance instance = member.instance();
        return new Row(
                instance.application(),
                instance.address(),
                instance.version(),
                instance.source(),
                StatusReport.word(instance.status()),
                instance.policy(),
                text(instance.acceptedAt()),
                text(member.behindSince()),
                instance.rejected(),
                text(instance.rejectedAt()),
                instance.problems(),
                instance.driver(),
                instance.revision(),
                text(instance.appliedAt()),
                instance.error());
    }

    private static @Nullable String text(@Nullable Instant time) {
        return time == null ? null : time.toString();
    }
}
