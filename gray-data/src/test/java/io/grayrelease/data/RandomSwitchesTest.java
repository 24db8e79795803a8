package io.grayrelease.data;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Two processes write the same few orders while an operator walks through the phases, forth and back and from the beginning, a
 * queue delivers in any order, late and twice, connections break and processes are killed: no acknowledged write is lost, and
 * nothing differs in the end. The seeds are those of {@code -Dschedules.first} and {@code -Dschedules.count}.
 */
class RandomSwitchesTest {
    private static final int FIRST = Integer.getInteger("schedules.first", 0);
    private static final int COUNT = Integer.getInteger("schedules.count", 200);
    private static final int WITH_SERVERS = 4;

    /** Every fourth seed with servers, if there are any, the others with H2, which is faster. */
    static Stream<Arguments> seeds() {
        List<Pair> pairs = Pair.installed().filter(pair -> pair != Pair.H2).toList();
        return IntStream.range(FIRST, FIRST + COUNT).mapToObj(seed -> {
            boolean server = seed % WITH_SERVERS == 0 && !pairs.isEmpty();
            return Arguments.of(server ? pairs.get(seed / WITH_SERVERS % pairs.size()) : Pair.H2, seed);
        });
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void anySchedule_losesNothingAndEndsWithEqualStores(Pair pair, long seed) throws Exception {
        try (TwoStores stores = pair.stores();
                Watch unused = new Watch(stores);
                Schedule schedule = new Schedule(stores, seed)) {
            try {
                schedule.run();
            } catch (Exception | AssertionError e) {
                throw new AssertionError("seed " + seed + ", " + pair + ":\n" + schedule, e);
            }
        }
    }
}
