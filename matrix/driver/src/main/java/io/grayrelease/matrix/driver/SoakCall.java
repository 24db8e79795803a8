package io.grayrelease.matrix.driver;

import java.util.Arrays;
import java.util.List;

/**
 * A call of the soak, as the entry reports it.
 *
 * @param begin in epoch milliseconds; the end likewise
 * @param path {@code middle 2.0.0 T > end 2.0.0 T}, or what failed
 */
record SoakCall(long begin, long end, int uid, boolean failed, String path) {
    private static final String FAILED = "!";

    static SoakCall parse(String line) {
        String[] parts = line.split("\\|", 4);
        return new SoakCall(
                Long.parseLong(parts[0]),
                Long.parseLong(parts[1]),
                Integer.parseInt(parts[2]),
                parts[3].startsWith(FAILED),
                parts[3]);
    }

    /** The services on its path. */
    List<Hop> hops() {
        return Arrays.stream(path.split(" > ", -1)).map(Hop::parse).toList();
    }

    /** A service that served the call: {@code middle 2.0.0 T}; a local one has {@code local} for a version. */
    record Hop(String service, String version, String tag) {
        static Hop parse(String text) {
            String[] words = text.split(" ", -1);
            return new Hop(words[0], words[1], words[2]);
        }
    }
}
