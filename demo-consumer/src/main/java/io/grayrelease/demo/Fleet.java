package io.grayrelease.demo;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Predicate;

import io.grayrelease.demo.provider.DemoProvider;
import io.grayrelease.gateway.EntrySettings;

/** The processes that read the policy: order and stock in two versions each, and the consumer. Not thread-safe. */
final class Fleet implements AutoCloseable {
    private static final String CONSUMER = "consumer";
    private static final String NGINX = "nginx";
    private static final String PORT = "port=";

    private final Servers servers;
    private final Path folder;
    private final Map<String, Child> children = new LinkedHashMap<>();

    private Fleet(Servers servers, Path folder) {
        this.servers = servers;
        this.folder = folder;
    }

    /** Starts all processes at once; their logs and caches go to a folder. */
    static Fleet start(Servers servers, Path folder) {
        Fleet fleet = new Fleet(servers, folder);
        try {
            fleet.launch("stock", "1.0.0");
            fleet.launch("stock", "2.0.0");
            fleet.launch("order", "1.0.0");
            fleet.launch("order", "2.0.0");
            fleet.children.put(
                    CONSUMER,
                    Child.start(
                            CONSUMER,
                            folder,
                            servers.options(CONSUMER, folder),
                            DemoConsumer.class,
                            servers.zooKeeper()));
            fleet.children.values().forEach(Child::awaitStart);
            return fleet;
        } catch (RuntimeException e) {
            fleet.close();
            throw e;
        }
    }

    private Child launch(String role, String version) {
        String name = role + "-" + version;
        List<String> options = new ArrayList<>(servers.options(name, folder));
        options.add("-Ddubbo.gray.version=" + version);
        Child child = Child.start(name, folder, options, DemoProvider.class, role, servers.zooKeeper());
        children.put(name, child);
        return child;
    }

    /** Sends the requests of the uids from..to (without the last). */
    List<Answer> send(long from, long to) {
        return send(from, to, answer -> {});
    }

    /** As {@link #send(long, long)}; shows each answer when it comes. */
    List<Answer> send(long from, long to, Consumer<Answer> each) {
        List<Answer> answers = new ArrayList<>();
        child(CONSUMER).ask("send " + from + " " + to, line -> {
            Answer answer = Answer.parse(line);
            answers.add(answer);
            each.accept(answer);
        });
        return answers;
    }

    /**
     * Starts the consumer's HTTP front.
     *
     * @param port 0: a free one
     * @param role whether its entry decides, or believes what an Nginx in front says
     * @param policyFile what its page calls the file of the policy
     * @return the port
     * @throws DemoException if it cannot, as where the port is in use
     */
    int front(int port, EntrySettings.Role role, Path policyFile) {
        String answer = child(CONSUMER)
                .ask("front " + port + " " + role + " " + policyFile + "\t" + folder.resolve("front"))
                .get(0);
        if (!answer.startsWith(PORT)) {
            throw new DemoException(answer, null);
        }
        return Integer.parseInt(answer.substring(PORT.length()));
    }

    /**
     * Puts an Nginx in front, and the agent that keeps it on the policy.
     *
     * @param port of the Nginx, a free one
     * @param front the port of {@link #front}
     * @throws DemoException if it does not start
     */
    void edge(InstalledNginx nginx, int port, int front) {
        Path own = edgeFolder();
        EdgeFiles.in(own).write(nginx, servers, port, front);
        Child edge = Child.start(
                NGINX,
                folder,
                List.of(),
                DemoEdge.class,
                own.toString(),
                nginx.binary().toString(),
                String.valueOf(port));
        children.put(NGINX, edge);
        awaitStart(edge);
    }

    private void awaitStart(Child edge) {
        String result;
        try {
            result = edge.said("edge=");
        } catch (DemoException e) { // the agent has ended, and has said why
            throw new DemoException(e.getMessage() + ": " + EdgeFiles.lastLine(folder.resolve(NGINX + ".err")), e);
        }
        if (!result.equals("ok")) {
            throw new DemoException(result, null);
        }
    }

    Path edgeFolder() {
        return folder.resolve(NGINX);
    }

    /** What each process says of its policy. */
    List<InForce> policies() {
        return children.values().stream().map(Fleet::policy).toList();
    }

    /** What the consumer says of its policy. */
    InForce consumersPolicy() {
        return policy(child(CONSUMER));
    }

    private static InForce policy(Child child) {
        return InForce.parse(child.ask("policy"));
    }

    /** Waits until every process says of its policy what it should. */
    void await(Duration atMost, String what, Predicate<InForce> condition) {
        Deadline.await(atMost, what, () -> policies().stream().allMatch(condition));
    }

    /** As a crash would, without a word to the registry. */
    void kill(String role, String version) {
        String name = role + "-" + version;
        child(name).kill();
        children.remove(name);
    }

    void restart(String role, String version) {
        launch(role, version).awaitStart();
    }

    private Child child(String name) {
        Child child = children.get(name);
        if (child == null) {
            throw new DemoException(name + " is not running", null);
        }
        return child;
    }

    @Override
    public void close() {
        children.values().forEach(Child::end);
        children.values().forEach(Child::close);
    }
}
