package io.grayrelease.benchmarks.nginx;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

import org.jspecify.annotations.Nullable;

import io.grayrelease.demo.servers.ApolloEndpoint;
import io.grayrelease.nginx.agent.AgentSettings.Driver;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Measures Nginx with the drivers of the agent and without, and writes a page. */
@Command(
        name = "nginx-bench",
        mixinStandardHelpOptions = true,
        description = "Measures an Nginx that the agent drives beside a plain one.",
        sortOptions = false)
public final class NginxBench implements Callable<Integer> {
    private static final Duration WANTED = Duration.ofMillis(250);
    private static final int STEADY_PERCENT = 10;

    @Option(names = "--installed", required = true, description = "the nginx with the Lua module")
    private Path installed = Path.of("");

    @Option(names = "--nginx", description = "another nginx to measure, without Lua; repeatable")
    private List<Path> others = List.of();

    @Option(names = "--quick", description = "short rounds, rough figures")
    private boolean quick;

    @Option(names = "--busy", defaultValue = "0", description = "load of the machine before the run")
    private double busy;

    @Option(names = "--folder", required = true, description = "an empty folder for what runs")
    private Path folder = Path.of("");

    @Option(names = "--page", required = true, description = "the page to write")
    private Path page = Path.of("");

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new NginxBench()).execute(arguments)); // clients leave threads behind
    }

    @Override
    public Integer call() throws Exception {
        Lengths lengths = quick ? Lengths.QUICK : Lengths.FULL;
        NginxBinary main = NginxBinary.of(installed);
        List<Front> fronts = new ArrayList<>();
        try (Backend backend = Backend.start(main, folder.resolve("backend"))) {
            start(fronts, main, backend, null, Driver.NATIVE, Driver.LUA);
            for (Path other : others) {
                start(fronts, NginxBinary.of(other), backend, null, Driver.NATIVE);
            }
            Load wrk = new WrkLoad(folder);
            warm(fronts, wrk, lengths);
            Steady steady = Steady.measure(fronts, wrk, lengths);
            List<UnderChanges> changes = changes(fronts, wrk, lengths);
            List<Effect> effects = effects(fronts, lengths);
            Files.writeString(page, new NginxPage(quick, busy, lengths, steady, changes, effects).text());
        } finally {
            fronts.forEach(Front::close);
        }
        return 0;
    }

    private void start(List<Front> fronts, NginxBinary binary, Backend backend, @Nullable Driver... drivers)
            throws Exception {
        for (Driver driver : drivers) {
            Path own = folder.resolve("front-" + fronts.size());
            fronts.add(Front.start(FrontPlan.of(binary, driver, own, backend), STEADY_PERCENT));
        }
    }

    private static void warm(List<Front> fronts, Load wrk, Lengths lengths) throws Exception {
        for (Front front : fronts) {
            wrk.run(front.plan().port(), lengths.warm());
        }
        new PostLoad(Duration.ZERO).run(fronts.get(0).plan().port(), lengths.warm());
    }

    private static List<UnderChanges> changes(List<Front> fronts, Load wrk, Lengths lengths) throws Exception {
        List<UnderChanges> all = new ArrayList<>();
        for (Load load : List.of(wrk, new PostLoad(Duration.ofMillis(10)), new PostLoad(Duration.ZERO))) {
            Front plain = fronts.get(0);
            for (Front front : fronts) {
                if (front.plan().driver() == null) {
                    plain = front;
                } else {
                    all.addAll(changes(front, plain, load, lengths));
                }
            }
        }
        return all;
    }

    /** A front with a driver; beside one that reloads, a plain one of the same Nginx that is reloaded as often. */
    private static List<UnderChanges> changes(Front front, Front plain, Load load, Lengths lengths) throws Exception {
        Ramp ramp = new Ramp(front);
        if (front.plan().driver() == Driver.LUA) {
            return List.of(UnderChanges.measure(front, "pushes", load, lengths, WANTED, Duration.ZERO, ramp));
        }
        Duration gap = front.defaultGap();
        String limited = "reloads, " + gap.toSeconds() + " s apart (default)";
        UnderChanges slow = UnderChanges.measure(front, limited, load, lengths, WANTED, gap, ramp);
        UnderChanges fast =
                UnderChanges.measure(front, "reloads, no limit", load, lengths, WANTED, Duration.ZERO, ramp);
        Duration rate = lengths.changing(load).dividedBy(Math.max(1, fast.changes()));
        UnderChanges beside = UnderChanges.measure(
                plain, "`nginx -s reload`, at that rate", load, lengths, rate, Duration.ZERO, plain::reload);
        return List.of(slow, fast, beside);
    }

    private static List<Effect> effects(List<Front> fronts, Lengths lengths) throws Exception {
        List<Effect> all = new ArrayList<>();
        for (Front front : fronts) {
            if (front.plan().driver() != null) {
                all.add(Effect.measure(
                        front.plan(), "the driver's start", lengths.publishes(), percent -> front.driver()
                                .apply(front.model(percent))));
                all.add(published(front, lengths));
            }
        }
        return all;
    }

    private static Effect published(Front front, Lengths lengths) throws Exception {
        front.driver().close();
        try (ApolloEndpoint apollo = ApolloEndpoint.start();
                AgentProcess agent = AgentProcess.start(front.plan(), apollo.url())) {
            return Effect.measure(
                    front.plan(),
                    "a publish in Apollo",
                    lengths.publishes(),
                    percent -> apollo.publish("gray-policy", EdgePolicy.keys(percent)));
        }
    }
}
