package io.grayrelease.matrix.driver;

import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import io.grayrelease.matrix.app.Task;

/**
 * The processes of a chain: an entry, and the services middle and end in two versions each. Every call notes where it
 * went, whichever way it went there. Thread-safe.
 */
final class Fleet implements AutoCloseable {
    private static final String ENTRY = "entry";

    private final Map<String, ServiceProcess> processes = new LinkedHashMap<>();

    private final Launcher launcher;

    private Fleet(Launcher launcher) {
        this.launcher = launcher;
    }

    /**
     * Starts all five and waits until they serve.
     *
     * @param zooKeeper {@code host:port}
     * @param folder for logs and what processes keep; it has the policy in {@code policy.properties}
     */
    static Fleet start(Chain chain, String zooKeeper, Path folder) {
        Launcher launcher = new Launcher(
                chain, zooKeeper, folder, List.of("-Ddubbo.gray.source=file:" + folder.resolve("policy.properties")));
        Fleet fleet = new Fleet(launcher);
        try {
            // From the end on: Dubbo 3.1 may miss a provider that comes while it subscribes to many groups of a
            // service.
            for (String service : List.of("end", "middle")) {
                List<ServiceProcess> versions =
                        List.of(launcher.start(service, "1.0.0", ""), launcher.start(service, "2.0.0", ""));
                versions.forEach(process -> fleet.processes.put(process.name(), process));
                versions.forEach(ServiceProcess::awaitReady);
            }
            // A version of its own, as services in the middle of other chains have.
            fleet.processes.put(ENTRY, launcher.start(ENTRY, "9.9.9", ""));
            Objects.requireNonNull(fleet.processes.get(ENTRY)).awaitReady();
            return fleet;
        } catch (RuntimeException e) {
            fleet.close();
            throw e;
        }
    }

    /** Begins a request at the entry; returns when its first call is answered. */
    String call(Task task, String... query) {
        List<String> all = new ArrayList<>(List.of("task", task.toString()));
        all.addAll(List.of(query));
        return Objects.requireNonNull(processes.get(ENTRY)).get("/call", all.toArray(new String[0]));
    }

    /**
     * Calls a service as an HTTP client does, on its port of Triple, without any entry.
     *
     * @param version of the middle service
     * @param headers names and values by turns
     */
    HttpResponse<String> callMiddleByHttp(String version, Task task, String... headers) {
        URI uri = URI.create("http://127.0.0.1:" + launcher.triplePort("middle", version) + "/rest/call?task="
                + URLEncoder.encode(task.toString(), StandardCharsets.UTF_8));
        return ServiceProcess.send(HttpRequest.newBuilder(uri).headers(headers).build());
    }

    /** Where a request was seen until now: the different lines of all processes, sorted. */
    List<String> seen(String id) {
        return all("/seen", "id", id);
    }

    /** What earlier requests have left on threads. */
    List<String> leftOnThreads() {
        return all("/left");
    }

    private List<String> all(String path, String... query) {
        return processes.values().stream()
                .flatMap(process -> process.get(path, query).lines())
                .distinct()
                .sorted()
                .toList();
    }

    @Override
    public void close() {
        processes.values().forEach(ServiceProcess::close);
    }
}
