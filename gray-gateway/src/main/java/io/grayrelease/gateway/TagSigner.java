package io.grayrelease.gateway;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Signs tags with HMAC-SHA256 (RFC 2104), so that a port that serves outside callers too can tell its own. A signature is
 * {@code <end, in seconds since 1970>.<base64url of the MAC of tags, line feed, end>}. Immutable and thread-safe.
 */
public final class TagSigner {
    private static final String ALGORITHM = "HmacSHA256";
    private static final int MIN_KEY_BYTES = 32;

    private final List<SecretKeySpec> keys;
    private final Duration life;
    private final Clock clock;

    private TagSigner(List<SecretKeySpec> keys, Duration life, Clock clock) {
        this.keys = keys;
        this.life = life;
        this.clock = clock;
    }

    /**
     * A signer.
     *
     * @param keys at least one of at least 32 bytes; the first one signs, all are accepted, so that keys can be changed without a gap
     * @param life how long a signature is good
     * @throws IllegalArgumentException if there is no key, or one is too short
     */
    public static TagSigner of(List<byte[]> keys, Duration life, Clock clock) {
        if (keys.isEmpty()) {
            throw new IllegalArgumentException("no key to sign tags with, expected one or two");
        }
        List<SecretKeySpec> all = new ArrayList<>();
        for (byte[] key : keys) {
            if (key.length < MIN_KEY_BYTES) {
                throw new IllegalArgumentException(
                        "a key of " + key.length + " bytes, expected at least " + MIN_KEY_BYTES);
            }
            all.add(new SecretKeySpec(key, ALGORITHM));
        }
        return new TagSigner(Collections.unmodifiableList(all), life, clock);
    }

    /** The signature of a text of tags. */
    public String sign(String tags) {
        long end = clock.instant().plus(life).getEpochSecond();
        return end + "." + Base64.getUrlEncoder().withoutPadding().encodeToString(mac(keys.get(0), tags, end));
    }

    /** Whether a signature is ours, of these tags and still good. Never throws. */
    public boolean accepts(String tags, String signature) {
        int dot = signature.indexOf('.');
        try {
            long end = Long.parseLong(signature.substring(0, Math.max(dot, 0)));
            byte[] claimed = Base64.getUrlDecoder().decode(signature.substring(dot + 1));
            return clock.instant().getEpochSecond() < end && isOfAnyKey(tags, end, claimed);
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private boolean isOfAnyKey(String tags, long end, byte[] claimed) {
        boolean found = false;
        for (SecretKeySpec key : keys) {
            found |= MessageDigest.isEqual(claimed, mac(key, tags, end));
        }
        return found;
    }

    private static byte[] mac(SecretKeySpec key, String tags, long end) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            return mac.doFinal((tags + "\n" + end).getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has " + ALGORITHM, e);
        }
    }
}
