package io.grayrelease.matrix.driver;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The processes of the soak: two baseline ones and a gray one of each service, and the entry. Not thread-safe. */
final class SoakFleet implements AutoCloseable {
    static final List<Member> REPLACEABLE = List.of(
            new Member("end", SoakPolicy.GRAY, "a"),
            new Member("middle", SoakPolicy.GRAY, "a"),
            new Member("end", SoakPolicy.BASELINE, "a"),
            new Member("middle", SoakPolicy.BASELINE, "a"),
            new Member("end", SoakPolicy.BASELINE, "b"),
            new Member("middle", SoakPolicy.BASELINE, "b"));
    private static final Member ENTRY = new Member("entry", "9.9.9", "a");

    private final Launcher launcher;
    private final Map<Member, ServiceProcess> processes = new LinkedHashMap<>();

    SoakFleet(String zooKeeper, String apollo, Path folder) {
        launcher = new Launcher(
                Chain.of("3.3.6", "instance"),
                zooKeeper,
                folder,
                List.of(
                        "-Dmatrix.retries=2",
                        "-Dapp.id=soak",
                        "-Denv=DEV",
                        "-Dapollo.meta=" + apollo,
                        "-Dapollo.cacheDir=" + folder.resolve("apollo"),
                        "-Dapollo.longPollingInitialDelayInMills=0"));
        REPLACEABLE.forEach(this::launch);
        launch(ENTRY);
        processes.values().forEach(ServiceProcess::awaitReady);
    }

    private ServiceProcess launch(Member member) {
        ServiceProcess process = launcher.start(member.service, member.version, "-" + member.letter);
        processes.put(member, process);
        return process;
    }

    ServiceProcess entry() {
        return process(ENTRY);
    }

    ServiceProcess process(Member member) {
        return Objects.requireNonNull(processes.get(member), member::toString);
    }

    /** Starts a process in place of one that has ended; returns when it serves. */
    void replace(Member member) {
        launch(member).awaitReady();
    }

    /** Whether all have the same policy in force. */
    boolean haveInForce(String hash) {
        return processes.values().stream()
                .allMatch(process -> process.get("/policy").equals(hash));
    }

    /** What requests have left on the threads of the processes that run now. */
    List<String> leftOnThreads() {
        return processes.values().stream()
                .flatMap(process -> process.get("/left").lines())
                .toList();
    }

    @Override
    public void close() {
        processes.values().forEach(ServiceProcess::close);
    }

    /** A place in the fleet; the process in it changes. */
    record Member(String service, String version, String letter) {
        boolean isOnlyOne() {
            return version.equals(SoakPolicy.GRAY);
        }
    }
}
