package io.grayrelease.benchmarks.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.grayrelease.benchmarks.data.Worker.Role;

/**
 * Two versions of a service write while all rows are copied, each in a process of its own, and one after the other is killed with
 * -9: the new store, the copy, and the services. Then everything ends in order, and the stores are compared.
 */
final class KillScene implements AutoCloseable {
    private static final Duration AFTER_THE_COPY = Duration.ofSeconds(3);

    private final boolean gray;
    private final KillLengths lengths;
    private final Path logs;
    private final DatabaseServer oldServer;
    private final DatabaseServer newServer;
    private final Stores stores;
    private final Map<Role, WorkerProcess> processes = new LinkedHashMap<>();
    private final Map<String, Integer> kills = new LinkedHashMap<>();

    private KillScene(Make make, boolean gray, KillLengths lengths, Path folder) throws Exception {
        this.gray = gray;
        this.lengths = lengths;
        this.logs = Files.createDirectories(folder.resolve("logs"));
        this.oldServer = make.start(folder.resolve("old"));
        this.newServer = make.start(folder.resolve("new"));
        this.stores = Stores.create(oldServer, newServer, "items", lengths.rows());
        NaiveCopy.createPlace(stores.ofNew());
    }

    static KillRun run(Make make, boolean gray, KillLengths lengths, Path folder) throws Exception {
        try (KillScene scene = new KillScene(make, gray, lengths, folder)) {
            return scene.run();
        }
    }

    private KillRun run() throws Exception {
        long start = System.nanoTime();
        Role copy = gray ? Role.GRAY_COPY : Role.NAIVE_COPY;
        List<Role> services = gray
                ? List.of(Role.GRAY_OLD_VERSION, Role.GRAY_NEW_VERSION)
                : List.of(Role.NAIVE_OLD_VERSION, Role.NAIVE_NEW_VERSION);
        for (Role service : services) {
            start(service, lengths.rate() / services.size());
        }
        start(copy, lengths.copyRate());
        killAll(copy, services);
        process(copy).awaitSaid(Worker.COPIED);
        double secondsToCopy = (System.nanoTime() - start) / 1e9;
        Thread.sleep(AFTER_THE_COPY.toMillis());
        for (Role service : services) {
            process(service).finish();
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        process(copy).finish(); // once it has brought everything over
        return result(seconds, secondsToCopy);
    }

    private void start(Role role, int rate) throws IOException {
        List<String> arguments = List.of(
                "--role=" + role,
                "--old=" + oldServer.address("old_items"),
                "--new=" + newServer.address("new_items"),
                "--logs=" + logs,
                "--rows=" + lengths.rows(),
                "--rate=" + rate);
        processes.put(role, WorkerProcess.start(logs.resolve(role + ".log"), arguments));
    }

    private WorkerProcess process(Role role) {
        WorkerProcess process = processes.get(role);
        if (process == null) {
            throw new IllegalStateException(role + " was not started");
        }
        return process;
    }

    private void killAll(Role copy, List<Role> services) throws IOException, InterruptedException {
        for (int i = 0; i < lengths.kills(); i++) {
            Thread.sleep(lengths.between().toMillis());
            switch (i % 3) {
                case 0 -> killNewStore();
                case 1 -> kill("copy and relay", copy);
                default -> kill("service", services.get(i / 3 % services.size()));
            }
        }
    }

    private void killNewStore() throws IOException, InterruptedException {
        newServer.kill();
        count("new store");
        Thread.sleep(lengths.away().toMillis());
        newServer.start();
    }

    private void kill(String what, Role role) throws IOException {
        process(role).killAndRestart();
        count(what);
    }

    private void count(String what) {
        kills.merge(what, 1, Integer::sum);
    }

    private KillRun result(double seconds, double secondsToCopy) throws IOException, SQLException {
        List<LoggedWrite> writes = WriteLogs.read(logs);
        long acknowledged = writes.stream().filter(LoggedWrite::isAcknowledged).count();
        return new KillRun(
                gray,
                oldServer.version(),
                lengths,
                kills,
                acknowledged,
                seconds,
                writes.size() - acknowledged,
                secondsToCopy,
                Verdict.of(stores, new Oracle(writes, lengths.rows())));
    }

    @Override
    public void close() {
        new ArrayList<>(processes.values()).forEach(WorkerProcess::close);
        stores.close();
        oldServer.close();
        newServer.close();
    }
}
