package io.grayrelease.demo;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;

import org.apache.commons.codec.digest.MurmurHash2;

/**
 * Percentages as nginx's {@code split_clients} draws them, written down a second time: another library's MurmurHash2 and
 * exact arithmetic, where the product has its own hash and thresholds.
 */
final class SplitClients {
    private static final BigInteger RANGE = BigInteger.valueOf(0xffffffffL);
    private static final int BUCKETS = 10_000;
    private static final List<BigInteger> BOUNDS =
            IntStream.rangeClosed(1, BUCKETS).mapToObj(SplitClients::bound).toList();

    private SplitClients() {}

    /** Whether a uid is in the first percents of a salt. */
    static boolean isBelow(String salt, long uid, int percent) {
        return bucket(salt + ":" + uid) < percent * 100;
    }

    /** The lowest b of 0..9999 with {@code hash < floor((b + 1) * 0xffffffff / 10000)}, 9999 if there is none. */
    static int bucket(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        BigInteger hash = BigInteger.valueOf(Integer.toUnsignedLong(MurmurHash2.hash32(bytes, bytes.length, 0)));
        int bucket = 0;
        while (bucket < BUCKETS - 1 && hash.compareTo(BOUNDS.get(bucket)) >= 0) {
            bucket++;
        }
        return bucket;
    }

    private static BigInteger bound(int buckets) {
        return BigInteger.valueOf(buckets).multiply(RANGE).divide(BigInteger.valueOf(BUCKETS));
    }
}
