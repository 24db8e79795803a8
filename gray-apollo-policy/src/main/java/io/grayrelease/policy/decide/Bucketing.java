package io.grayrelease.policy.decide;

import java.nio.charset.StandardCharsets;

import io.grayrelease.policy.model.Condition;

/**
 * The bucket of a value: MurmurHash2 (32 bit, seed 0; Austin Appleby, public domain) spread over 10,000 buckets as nginx's
 * {@code split_clients} spreads it over percentages, so that Java and nginx take the same users.
 */
public final class Bucketing {
    private static final int M = 0x5bd1e995;
    private static final int R = 24;
    private static final long MAX_HASH = 0xffffffffL;

    private Bucketing() {}

    /** The bucket of a value under a salt, 0..9999: that of the UTF-8 bytes of {@code salt + ":" + value}. */
    public static int bucket(String salt, String value) {
        return bucket(isAscii(salt) && isAscii(value) ? murmur2(salt, value) : murmur2(utf8(salt, value)));
    }

    private static byte[] utf8(String salt, String value) {
        return (salt + ":" + value).getBytes(StandardCharsets.UTF_8);
    }

    private static boolean isAscii(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) > 0x7f) {
                return false;
            }
        }
        return true;
    }

    /** The hash of ASCII {@code salt + ":" + value} without making it: this runs for every percentage of every request. */
    private static long murmur2(String salt, String value) {
        int length = salt.length() + 1 + value.length();
        int h = length;
        int i = 0;
        for (; i + 4 <= length; i += 4) {
            h = mix(
                    h,
                    at(salt, value, i)
                            | (at(salt, value, i + 1) << 8)
                            | (at(salt, value, i + 2) << 16)
                            | (at(salt, value, i + 3) << 24));
        }
        if (i < length) {
            for (int j = length - 1; j >= i; j--) {
                h ^= at(salt, value, j) << (8 * (j - i));
            }
            h *= M;
        }
        return finish(h);
    }

    private static int at(String salt, String value, int position) {
        int inValue = position - salt.length() - 1;
        return inValue >= 0 ? value.charAt(inValue) : inValue == -1 ? ':' : salt.charAt(position);
    }

    /**
     * The lowest b with {@code hash < floor((b + 1) * 0xffffffff / 10000)}, or 9999 if there is none (which is the case
     * for the hash 0xffffffff alone).
     */
    static int bucket(long hash) {
        int bucket =
                (int) (hash * Condition.Hash.BUCKETS / MAX_HASH); // at most one off, for the bounds are rounded down
        bucket = Math.min(bucket, Condition.Hash.BUCKETS - 1);
        if (bucket > 0 && hash < bound(bucket - 1)) {
            return bucket - 1;
        }
        return bucket < Condition.Hash.BUCKETS - 1 && hash >= bound(bucket) ? bucket + 1 : bucket;
    }

    private static long bound(int bucket) {
        return (bucket + 1) * MAX_HASH / Condition.Hash.BUCKETS;
    }

    /** The hash as an unsigned number, 0..0xffffffff. */
    static long murmur2(byte[] data) {
        int h = data.length;
        int i = 0;
        for (; i + 4 <= data.length; i += 4) {
            int k = (data[i] & 0xff)
                    | ((data[i + 1] & 0xff) << 8)
                    | ((data[i + 2] & 0xff) << 16)
                    | ((data[i + 3] & 0xff) << 24);
            h = mix(h, k);
        }
        return finish(mixTail(h, data, i));
    }

    private static int mix(int hash, int block) {
        int k = block * M;
        k ^= k >>> R;
        return (hash * M) ^ (k * M);
    }

    private static int mixTail(int hash, byte[] data, int from) {
        if (from == data.length) {
            return hash;
        }
        int h = hash;
        for (int i = data.length - 1; i >= from; i--) {
            h ^= (data[i] & 0xff) << (8 * (i - from));
        }
        return h * M;
    }

    private static long finish(int hash) {
        int h = hash;
        h ^= h >>> 13;
        h *= M;
        h ^= h >>> 15;
        return h & MAX_HASH;
    }
}
