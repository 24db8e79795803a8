package io.grayrelease.policy.source.apollo;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.concurrent.TimeUnit;

import io.grayrelease.policy.source.Logs;
import io.grayrelease.policy.source.PolicyInForce;
import io.grayrelease.policy.source.PolicyRepository;
import io.grayrelease.policy.source.PolicyStatus;
import io.grayrelease.policy.source.SnapshotStore;

/**
 * A process that follows a namespace: {@code <namespace> <folder>}. It answers each line of its standard input with one
 * line, and ends with its input. A line that is the address of a meta server makes it set Apollo up and start again.
 */
final class SourceProbe {
    private SourceProbe() {}

    public static void main(String[] args) throws IOException {
        Logs logs = new Logs();
        PolicyRepository repository =
                PolicyRepository.of(SnapshotStore.in(Path.of(args[1]), "probe"), Clock.systemUTC());
        ApolloPolicySource source = ApolloPolicySource.of(args[0]);
        long start = System.nanoTime();
        source.start(repository);
        long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
        BufferedReader questions = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = questions.readLine(); line != null; line = questions.readLine()) {
            if (line.startsWith("http:")) {
                setUpAndStart(line, args[0], repository);
            }
            System.out.println("> " + answer(line, millis, repository.status(), logs));
        }
        System.exit(0);
    }

    /** As an application that tells apollo-client only later where Apollo is. */
    private static void setUpAndStart(String meta, String namespace, PolicyRepository repository) {
        RealApollo.SETTINGS.forEach(System::setProperty);
        System.setProperty("apollo.meta", meta);
        ApolloPolicySource.of(namespace).start(repository);
    }

    private static String answer(String question, long millis, PolicyStatus status, Logs logs) {
        return switch (question) {
            case "millis" -> Long.toString(millis);
            case "rejection" -> status.rejection() == null
                    ? "none"
                    : status.rejection().hash();
            case "logs" -> String.join(" || ", logs.lines());
            default -> policy(status);
        };
    }

    private static String policy(PolicyStatus status) {
        PolicyInForce inForce = status.inForce();
        return inForce == null ? "none" : inForce.policy().hash() + (status.fromDisk() ? " from disk" : "");
    }
}
