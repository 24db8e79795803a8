package io.grayrelease.cli.data;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

import io.grayrelease.data.Backlog;
import io.grayrelease.data.CompareReport;
import io.grayrelease.data.CopyProgress;
import io.grayrelease.data.Difference;
import io.grayrelease.data.MigrationStatus;
import io.grayrelease.data.ProcessStatus;

/** Views of migrations for programs: by the names of these records, times in milliseconds. */
final class ViewJson {
    private ViewJson() {}

    private record Migration(
            String migration,
            @Nullable String phase,
            boolean certain,
            long epoch,
            String primary,
            boolean open,
            List<String> troubles,
            @Nullable Integer backlog,
            @Nullable Long lagMillis,
            @Nullable Integer deadLetters,
            List<Letter> firstDeadLetters,
            boolean roundOver,
            @Nullable Copy copy,
            @Nullable Compare compare,
            @Nullable String next,
            List<String> shut,
            @Nullable String back,
            List<String> backShut,
            @Nullable Long lastPauseMillis,
            List<String> wrong,
            List<Member> processes) {}

    private record Letter(String key, String sqlState, String reason) {}

    record Copy(
            boolean done,
            long rows,
            long rowsTotal,
            long rowsWritten,
            double rowsPerSecond,
            @Nullable Long leftMillis) {}

    record Compare(
            long run,
            @Nullable String began,
            @Nullable String finished,
            long rows,
            long found,
            long left,
            boolean clean,
            List<Differing> differences) {}

    private record Differing(String kind, String key, List<String> columns) {}

    record Member(
            String name,
            @Nullable String wish,
            @Nullable String trouble,
            String knows,
            long epoch,
            long seenMillisAgo,
            boolean alive) {}

    static Object of(MigrationView view) {
        MigrationStatus status = view.status();
        return new Migration(
                status.name(),
                status.isCertain() || status.phase().isNewPrimary()
                        ? status.phase().name()
                        : null,
                status.isCertain(),
                status.epoch(),
                status.phase().isNewPrimary() ? "new" : "old",
                status.isOpen(),
                status.troubles(),
                status.backlog().map(Backlog::events).orElse(null),
                millis(status.backlog().map(Backlog::age)),
                status.deadLetters().orElse(null),
                status.firstDeadLetters().stream()
                        .map(letter -> new Letter(letter.key(), letter.sqlState(), letter.reason()))
                        .toList(),
                status.isRoundOver(),
                status.copy().map(ViewJson::copy).orElse(null),
                status.compare().map(report -> compare(report, 0)).orElse(null),
                status.next().map(Enum::name).orElse(null),
                status.shut(),
                status.back().map(Enum::name).orElse(null),
                status.backShut(),
                millis(status.lastPause()),
                view.wrong(),
                processes(status.processes()));
    }

    static Copy copy(CopyProgress copy) {
        return new Copy(
                copy.isDone(),
                copy.rowsRead(),
                copy.rowsTotal(),
                copy.rowsWritten(),
                copy.rowsPerSecond(),
                millis(copy.timeLeft()));
    }

    static Compare compare(CompareReport report, int mostDifferences) {
        return new Compare(
                report.run(),
                report.began().map(Instant::toString).orElse(null),
                report.finished().map(Instant::toString).orElse(null),
                report.rows(),
                report.found(),
                report.left(),
                report.isClean(),
                report.differences().stream()
                        .limit(mostDifferences)
                        .map(ViewJson::differing)
                        .toList());
    }

    private static Differing differing(Difference difference) {
        return new Differing(difference.kind().name(), difference.key(), difference.columns());
    }

    static List<Member> processes(List<ProcessStatus> processes) {
        return processes.stream()
                .map(process -> new Member(
                        process.name(),
                        process.wish(),
                        process.trouble(),
                        process.phase(),
                        process.epoch(),
                        process.age().toMillis(),
                        process.isAlive()))
                .toList();
    }

    private static @Nullable Long millis(Optional<Duration> time) {
        return time.map(Duration::toMillis).orElse(null);
    }
}
