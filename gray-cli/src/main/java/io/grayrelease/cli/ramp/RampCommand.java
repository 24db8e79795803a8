package io.grayrelease.cli.ramp;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;

import io.grayrelease.cli.Console;
import io.grayrelease.cli.ExitCode;
import io.grayrelease.cli.Output;
import io.grayrelease.cli.Report;
import io.grayrelease.cli.fleet.ZooKeeper;
import io.grayrelease.cli.fleet.ZooKeeperPlace;
import io.grayrelease.cli.portal.Portal;
import io.grayrelease.cli.portal.PortalOptions;
import io.grayrelease.cli.text.UnreadableException;
import io.grayrelease.policy.model.Snapshot;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code grayctl ramp}. */
@Command(
        name = "ramp",
        description =
                "Raises the percentage of one rule step by step, and publishes each. A step lasts its time, and until"
                        + " the guard passes; too little data holds it. If the gray version is worse than the guard allows, the rule"
                        + " is switched off at once. What is published says how far a ramp came: start it again to go on.",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:The last step is reached and has passed.",
            "1:A breach, the rule is off; or stopped; or the rule cannot be ramped.",
            "2:The command line was not understood.",
            "3:The portal refused, or ZooKeeper cannot be reached."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  grayctl ramp portal:http://portal:8070/PRO/order-app/default/gray-policy 020-one-pct \\",
            "      --steps 1%%,5%%,25%%,100%% --every 10m --guard guard.properties --log ramp.log",
            "",
            "The guard is a file of queries that a Prometheus answers, each with one number:",
            "  prometheus         = http://prometheus:9090",
            "  gray.requests      = sum(increase(gray_calls_total{service=\"...\",tag=\"order-v2\"}[5m]))",
            "  gray.errors        = sum(increase(gray_call_failures_total{service=\"...\",tag=\"order-v2\"}[5m]))",
            "  gray.p99           = histogram_quantile(0.99, sum by (le) ( \\",
            "                       rate(gray_call_duration_seconds_bucket{service=\"...\",tag=\"order-v2\"}[5m])))",
            "  baseline.requests, baseline.errors, baseline.p99 = the same of the baseline; p99 in seconds",
            "  min.requests       = 500         of both, before anything is said",
            "  max.error-rate     = 0.5%%        gray minus baseline",
            "  max.p99            = 50ms        gray minus baseline",
            "Without a Prometheus, the metrics endpoints of all processes that call, instead of queries; without",
            "service, of all services that they call; window is how far back to look:",
            "  services           = http://10.0.0.1:9091/metrics, http://10.0.0.2:9091/metrics",
            "  service            = com.acme.OrderService",
            "  tag                = order-v2",
            "  window             = 5m",
            "",
            "The token of the portal is read from the environment variable GRAYCTL_PORTAL_TOKEN."
        })
public final class RampCommand implements Callable<Integer> {
    private static final String RULE = "gray.rule.";
    private static final int SECONDS_TO_END = 20;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec command;

    @Mixin
    private final Output output = new Output();

    @Mixin
    private final PortalOptions options = new PortalOptions();

    @Parameters(index = "1", paramLabel = "RULE", description = "Its key, with or without " + RULE)
    @SuppressWarnings("NullAway.Init") // picocli demands it
    private String rule;

    @Option(names = "--steps", required = true, paramLabel = "PERCENTAGES", description = "As 1%%,5%%,25%%,100%%.")
    @SuppressWarnings("NullAway.Init") // picocli demands it
    private String steps;

    @Option(
            names = "--every",
            required = true,
            paramLabel = "TIME",
            description = "How long a step lasts: 90s, 10m, 2h.")
    @SuppressWarnings("NullAway.Init") // picocli demands it
    private Duration every;

    @Option(
            names = "--ask-every",
            paramLabel = "TIME",
            defaultValue = "15s",
            description = "How often the guard is asked meanwhile; by default ${DEFAULT-VALUE}.")
    @SuppressWarnings("NullAway.Init") // it has a default
    private Duration asking;

    @Option(names = "--guard", required = true, paramLabel = "FILE", description = "What must hold; see below.")
    @SuppressWarnings("NullAway.Init") // picocli demands it
    private Path guard;

    @Option(
            names = "--log",
            paramLabel = "FILE",
            defaultValue = "grayctl-ramp.log",
            description = "Where every step is added, one JSON object per line; by default ${DEFAULT-VALUE}.")
    @SuppressWarnings("NullAway.Init") // it has a default
    private Path log;

    @Option(
            names = "--zookeeper",
            paramLabel = "ZOOKEEPER",
            description = "Where services register, " + ZooKeeperPlace.FORM
                    + ": a step also lasts until all processes run on it.")
    private @Nullable ZooKeeperPlace place;

    @Override
    public Integer call() throws InterruptedException, UnreadableException {
        Portal portal = options.portal();
        Guard asked = GuardFile.read(guard);
        if (place == null) {
            return run(portal, asked);
        }
        try (ZooKeeper zooKeeper = ZooKeeper.connect(place)) {
            return run(portal, new ArrivalGuard(asked, zooKeeper, () -> Snapshot.of(portal.released())
                    .hash()));
        }
    }

    private int run(Portal portal, Guard asked) throws InterruptedException {
        PortalRule ramped = new PortalRule(portal, rule.startsWith(RULE) ? rule : RULE + rule);
        RampLog steady = new RampLog(log, Clock.systemUTC(), this::tell);
        Ramp ramp = new Ramp(ramped, steps(), asked, new Ramp.Pace(every, asking), steady);
        CountDownLatch ended = new CountDownLatch(1);
        Thread hook = new Thread(() -> breakOff(ramp, ended), "grayctl-stop");
        Runtime.getRuntime().addShutdownHook(hook);
        boolean done;
        try {
            done = ramp.run();
        } finally {
            ended.countDown();
            removeHook(hook);
        }
        return output.show(new Outcome(done, ramped.key(), ramped.released()));
    }

    private List<Step> steps() {
        try {
            return Step.all(steps);
        } catch (RampException e) {
            throw new ParameterException(command.commandLine(), "--steps: " + e.getMessage(), e);
        }
    }

    /** Steps are told as they come, apart from the report. */
    private void tell(RampLog.Entry entry) {
        PrintWriter err = command.commandLine().getErr();
        err.println(entry.at() + "  " + entry.event() + " " + entry.percentage()
                + (entry.detail().isEmpty() ? "" : "  " + entry.detail()));
        err.flush();
    }

    /** A step that is being published is published to its end. */
    private static void breakOff(Ramp ramp, CountDownLatch ended) {
        ramp.stop();
        try {
            if (!ended.await(SECONDS_TO_END, TimeUnit.SECONDS)) {
                System.err.println("grayctl: the ramp did not end in time; see what is released");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void removeHook(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // the process ends, which is why the ramp did
        }
    }

    /** How a rule was left. */
    private record Outcome(boolean done, String rule, String text) implements Report {
        @Override
        public void print(Console console) {
            console.line((done ? "done: " : "not done: ") + rule + " = " + text);
        }

        @Override
        public Object json() {
            return Map.of("done", done, "rule", rule, "text", text);
        }

        @Override
        public int exitCode() {
            return done ? ExitCode.FINE : ExitCode.NO;
        }
    }
}
