package io.grayrelease.benchmarks.data;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

import io.grayrelease.benchmarks.Medians;
import io.grayrelease.benchmarks.data.WayOfWriting.Round;
import io.grayrelease.policy.model.DataPhase;

/**
 * What a write costs in each phase, beside a direct write and a synchronous dual commit, on one make of databases.
 *
 * @param perSecond how many writes are wanted per second, of all threads
 */
record WriteCost(String database, CostLengths lengths, int perSecond, Map<String, List<Round>> rounds) {
    static final String DIRECT = "direct write";
    static final int AS_FAST_AS_THEY_GO = 1_000_000;
    private static final long SEED = 1;

    /** As fast as the threads go, and so slowly that the machine has time. */
    static List<WriteCost> measure(Make make, Path folder, CostLengths lengths) throws Exception {
        try (DatabaseServer old = make.start(folder.resolve("cost-old-" + make));
                DatabaseServer ofNew = make.start(folder.resolve("cost-new-" + make))) {
            List<WayOfWriting> ways = new ArrayList<>();
            try {
                open(ways, old, ofNew, lengths);
                List<WriteCost> costs = new ArrayList<>();
                for (int perSecond : List.of(AS_FAST_AS_THEY_GO, lengths.calm())) {
                    costs.add(new WriteCost(old.version(), lengths, perSecond, rounds(ways, lengths, perSecond)));
                }
                return costs;
            } finally {
                for (WayOfWriting way : ways) {
                    way.close();
                }
            }
        }
    }

    private static void open(List<WayOfWriting> ways, DatabaseServer old, DatabaseServer ofNew, CostLengths lengths)
            throws Exception {
        Stores direct = Stores.create(old, ofNew, "direct", lengths.keys());
        ItemStatements ofOld = ItemStatements.old(old.make());
        ways.add(new WayOfWriting(DIRECT, direct, new DirectWriter(direct.old(), ofOld)));
        for (DataPhase phase : List.of(DataPhase.OLD_ONLY, DataPhase.CAPTURE, DataPhase.GRAY_READ)) {
            for (boolean knowsNew : List.of(false, true)) {
                String name = phase.name().toLowerCase(Locale.ROOT) + (knowsNew ? "_2" : "_1");
                Stores stores = Stores.create(old, ofNew, name, lengths.keys());
                ways.add(new WayOfWriting(
                        phase + ", " + (knowsNew ? "new" : "old") + " version",
                        stores,
                        new GrayWriter(GrayItems.inPhase(stores, phase, knowsNew))));
            }
        }
        Stores dual = Stores.create(old, ofNew, "dual", lengths.keys());
        ItemTables.fillNew(old.make(), dual.ofNew(), lengths.keys());
        ItemStatements second = ItemStatements.ofNew(old.make(), true);
        ways.add(new WayOfWriting(
                "synchronous dual commit, new version",
                dual,
                new DualCommitWriter(dual.old(), ofOld, dual.ofNew(), second)));
    }

    private static Map<String, List<Round>> rounds(List<WayOfWriting> ways, CostLengths lengths, int perSecond)
            throws Exception {
        Map<String, List<Round>> rounds = new LinkedHashMap<>();
        for (WayOfWriting way : ways) {
            rounds.put(way.name(), new ArrayList<>());
            way.run(lengths.threads(), lengths.keys(), lengths.warm(), perSecond);
        }
        List<WayOfWriting> order = new ArrayList<>(ways);
        Random random = new Random(SEED);
        for (int i = 0; i < lengths.rounds(); i++) {
            Collections.shuffle(order, random); // none always follows the same one
            for (WayOfWriting way : order) {
                rounds.getOrDefault(way.name(), List.of())
                        .add(way.run(lengths.threads(), lengths.keys(), lengths.round(), perSecond));
            }
        }
        return rounds;
    }

    Medians medians(String way, ToDoubleFunction<Round> value) {
        return Medians.of(of(way).stream().mapToDouble(value));
    }

    /** Compared with the direct write of the same round. */
    Medians ratio(String way, ToDoubleFunction<Round> value) {
        List<Round> own = of(way);
        List<Round> direct = of(DIRECT);
        return Medians.of(IntStream.range(0, own.size())
                .mapToDouble(i -> value.applyAsDouble(own.get(i)) / value.applyAsDouble(direct.get(i))));
    }

    private List<Round> of(String way) {
        return rounds.getOrDefault(way, List.of());
    }
}
