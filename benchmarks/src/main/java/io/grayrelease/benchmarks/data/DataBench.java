package io.grayrelease.benchmarks.data;

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
    /** What can be measured. */
    enum Part {
        KILLS,
        COST,
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

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new DataBench()).execute(arguments));
    }

    @Override
    public Integer call() throws Exception {
        List<WriteCost> costs = new ArrayList<>();
        if (parts.contains(Part.COST)) {
            for (Make make : Make.values()) {
                costs.add(WriteCost.measure(make, folder, quick ? CostLengths.QUICK : CostLengths.FULL));
            }
        }
        List<KillRun> runs = new ArrayList<>();
        if (parts.contains(Part.KILLS)) {
            KillLengths lengths = quick ? KillLengths.QUICK : KillLengths.FULL;
            for (boolean gray : List.of(true, false)) {
                runs.add(KillScene.run(Make.POSTGRESQL, gray, lengths, folder));
            }
        }
        Files.writeString(page, new DataPage(quick, busy, runs, costs, copies()).text());
        return 0;
    }

    private List<CopyScaling> copies() throws Exception {
        List<CopyScaling> copies = new ArrayList<>();
        if (parts.contains(Part.COPY)) {
            for (Make make : Make.values()) {
                Path own = folder.resolve("copy-" + make);
                copies.add(CopyScaling.measure(make, quick ? 200_000 : 1_000_000, List.of(1, 2, 4), own));
            }
        }
        return copies;
    }
}
