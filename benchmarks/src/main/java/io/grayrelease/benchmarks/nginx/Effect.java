package io.grayrelease.benchmarks.nginx;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;

import io.grayrelease.benchmarks.Medians;

/**
 * How long it takes until a change has an effect. Immutable.
 *
 * @param from what the time is taken from, for people
 */
record Effect(FrontPlan front, String from, List<Times> all) {
    private static final int WITHOUT = 1;
    private static final int WITH = 50;
    private static final long PAUSE_MILLIS = 100;

    /** Whatever was in force before; and a client of Apollo learns of no release in its first two seconds. */
    private static final List<Boolean> STARTING = List.of(false, true, false);

    /**
     * In milliseconds from the start of a change.
     *
     * @param first until a new connection got the new decision
     * @param only until no new connection got the old one
     */
    record Times(double first, double only) {}

    /** Makes a percentage be the one in force. */
    interface Change {
        void begin(int percent) throws Exception;
    }

    /** Measures; nothing else may change the front meanwhile. */
    static Effect measure(FrontPlan front, String from, int times, Change change) throws Exception {
        Probe probe = new Probe(front.port(), EdgePolicy.userBetween(WITHOUT, WITH));
        for (boolean gray : STARTING) {
            once(probe, change, gray);
        }
        List<Times> all = new ArrayList<>();
        for (int i = 0; i < times; i++) {
            all.add(once(probe, change, i % 2 == 0));
        }
        Effect effect = new Effect(front, from, all);
        System.out.println(effect);
        return effect;
    }

    private static Times once(Probe probe, Change change, boolean gray) throws Exception {
        TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS); // a client of Apollo may still be about to wait for the next release
        CompletableFuture<Probe.Seen> seen = probe.await(gray ? Backend.GRAY : Backend.BASELINE);
        long start = System.nanoTime();
        change.begin(gray ? WITH : WITHOUT);
        Probe.Seen done = seen.get();
        return new Times((done.first() - start) / 1e6, (done.only() - start) / 1e6);
    }

    Medians medians(ToDoubleFunction<Times> figure) {
        return Medians.of(figures(figure));
    }

    double worst(ToDoubleFunction<Times> figure) {
        return figures(figure).max().orElseThrow();
    }

    private DoubleStream figures(ToDoubleFunction<Times> figure) {
        return all.stream().mapToDouble(figure);
    }

    @Override
    public String toString() {
        return "nginx %s, %s, from %s: %s".formatted(front.binary().version(), front.name(), from, all);
    }
}
