package io.grayrelease.benchmarks.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Measures what two stores cost and what they lose, and writes a page. */
@Command(
        name = "data-bench",
        mixinStandardHelpOptions = true,
        description = "Measures a migration of gray-data beside what it takes the place of.",
        sortOptions = false)
public final class DataBench implements Callable<Integer> {
    private static final long SWITCH_ROWS = 100_000;

    /** What can be measured. */
    enum Part {
        KILLS,
        COST,
        COMPARE,
        SWITCH,
        COPY
    }

    @Option(names = "--quick", description = "few rows and short rounds, rough figures")
    private boolean quick;

    @Option(names = "--only", split = ",", description = "only these parts: ${COMPLETION-CANDIDATES}")
    private Set<Part> parts = EnumSet.allOf(Part.class);

    @Option(names = "--busy", defaultValue = "0", description = "load of the machine before the run")
    private double busy;

    @Option(names = "--folder", required = true, description = "an empty folder for what runs")
    private Path folder = Path.of("");

    @Option(names = "--page", required = true, description = "the page to write")
    private Path page = Path.of("");

    private final StringBuilder sections = new StringBuilder();
    private int measured;

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new DataBench()).execute(arguments));
    }

    @Override
    public Integer call() throws Exception {
        KillLengths kills = quick ? KillLengths.QUICK : KillLengths.FULL;
        CostLengths cost = quick ? CostLengths.QUICK : CostLengths.FULL;
        long rows = quick ? 200_000 : 1_000_000;
        List<Make> one = List.of(Make.POSTGRESQL);
        List<Make> both = List.of(Make.values());
        List<KillRun> lost =
                new ArrayList<>(measure(Part.KILLS, one, (make, own) -> KillScene.run(make, true, kills, own)));
        lost.addAll(measure(Part.KILLS, one, (make, own) -> KillScene.run(make, false, kills, own)));
        write(new KillSection(lost).text());
        write(new CostSection(measure(Part.COST, both, (make, own) -> WriteCost.measure(make, own, cost)).stream()
                        .flatMap(List::stream)
                        .toList())
                .text());
        write(new CompareSection(measure(
                        Part.COMPARE, both, (make, own) -> CompareSpeed.measure(make, rows, quick ? 2 : 5, own)))
                .text());
        write(new SwitchSection(measure(
                        Part.SWITCH, both, (make, own) -> SwitchPause.measure(make, SWITCH_ROWS, quick ? 4 : 20, own)))
                .text());
        write(new CopySection(
                        measure(Part.COPY, both, (make, own) -> CopyScaling.measure(make, rows, List.of(1, 2, 4), own)))
                .text());
        return 0;
    }

    /** Writes the page with one more section: a run that ends early has lost only what it had not measured. */
    private void write(String section) throws IOException {
        sections.append(section);
        Files.writeString(page, new DataPage(quick, busy, sections.toString()).text());
    }

    private interface Measurement<T> {
        T of(Make make, Path folder) throws Exception;
    }

    private <T> List<T> measure(Part part, List<Make> makes, Measurement<T> measurement) throws Exception {
        List<T> results = new ArrayList<>();
        if (parts.contains(part)) {
            for (Make make : makes) {
                System.out.println(part + ", " + make.title() + " ...");
                results.add(measurement.of(make, folder.resolve("part-" + ++measured)));
            }
        }
        return results;
    }
}
